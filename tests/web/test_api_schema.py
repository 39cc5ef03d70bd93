"""The API held against its own document by schemathesis: good and bad requests, no server error, no schema break."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from onrecord.web.auth.rate_limit import RateLimit
from onrecord.web.background.jobs import Jobs, Stage
from onrecord.web.background.spool import Accepted
from tests.web.opening import STORY, accounted, app_of, filled, opened

# Ids that are there, so that not every request ends at a story that is not.
THERE = {"path.story": STORY, "path.report": "01", "path.claim": "the-dam-holds", "path.entry": 1}
_EXAMPLES = 3
_SEED = 2031


def _instead_of_reading(jobs: Jobs) -> Any:
    """A job that ends at once: reading is tested elsewhere, and takes longer than asking."""

    def run(accepted: Accepted) -> None:
        jobs._now(accepted.id, stage=Stage.DONE)

    return run


def _config(token: str) -> Any:
    from schemathesis.config import SchemathesisConfig

    project: dict[str, Any] = {
        "headers": {"Authorization": f"Bearer {token}"},
        "parameters": THERE,
        "continue-on-failure": True,
        # What is right by the schema may still name what is not there, or ask what nobody can decide.
        "checks": {"positive_data_acceptance": {"enabled": False}},
        "generation": {"max-examples": _EXAMPLES, "deterministic": True, "no-shrink": True, "database": "none"},
        "phases": {"stateful": {"enabled": False}},
    }
    found = SchemathesisConfig.from_dict(project)
    found._seed = _SEED
    return found


def test_no_request_breaks_the_api_or_its_document(tmp_path: Path) -> None:
    schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed (onrecord[dev])")
    from schemathesis.engine import events, from_schema

    address = str(tmp_path / "desk.db")
    filled(address)
    accounted(address)
    with opened(address, names=("testserver",)) as client:
        app = app_of(client)
        app.state.gate.pace = RateLimit(writes="1000000/minute")
        app.state.jobs._run = _instead_of_reading(app.state.jobs)
        config = _config(app.state.gate.passes.issue("ada", "schemathesis"))
        schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, config=config)
        faults, requests = [], 0
        for event in from_schema(schema).execute():
            if isinstance(event, events.NonFatalError | events.FatalError):
                faults.append(f"{event.info if isinstance(event, events.NonFatalError) else event.exception}")
            if isinstance(event, events.ScenarioFinished):
                requests += len(event.recorder.interactions)
                for checks in event.recorder.checks.values():
                    for one in checks:
                        if one.failure_info:
                            faults.append(f"{event.label}: {one.failure_info.failure}")
    assert not faults, "\n".join(dict.fromkeys(faults))
    assert requests > 500
