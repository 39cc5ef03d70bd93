"""No request gives an error of the server's own, whatever it holds and wherever it is held, on both stores."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute, iter_route_contexts
from fastapi.testclient import TestClient

from tests.web.opening import STORY, app_of, csrf, filled, opened

_LONG = "x" * 1900
_VALUES = (
    "9999-12-31", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "0001-01-01", "2031-02-31", "-1", "0",
    "9" * 30, "1e999", "\x00", "a\x00b", "\x7f\x1b[31m", "\ud800", "\ufeff", "漢" * 150, _LONG, "%", "'\"><script>",
    "../../etc/passwd", "*", '"', "a AND NOT b", "NEAR(", "{}", "[]", "null", "true",
)  # fmt: skip
_IDS = {"story": STORY, "report": "01", "claim": "the-dam-holds", "entry": "3"}


@pytest.fixture
def client(address: str) -> Iterator[TestClient]:
    """A browser at a desk that needs no account, on one store and the other."""
    filled(address)
    with opened(address) as browser:
        yield browser


def _routes(client: TestClient, method: str) -> list[tuple[str, list[str]]]:
    """The path of each route, and what may be asked of it."""
    found = []
    for one in iter_route_contexts(app_of(client).routes):
        if method in (one.methods or ()) and isinstance(one.original_route, APIRoute):
            found.append((str(one.path), [param.alias for param in one.original_route.dependant.query_params]))
    return found


def _filled(path: str, ids: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda name: ids.get(name[1], "none"), path)


def test_no_question_gives_an_error_of_the_server_s_own(client: TestClient) -> None:
    routes = _routes(client, "GET")
    assert len(routes) > 30
    for number, (path, told) in enumerate(routes):
        place, names = _filled(path, _IDS), [*told, "as_of", "captured_by", "q"]
        # Each value at one place at a time, so that one refusal does not hide another's fault; all over all routes.
        for at, value in enumerate((*_VALUES, *_VALUES)[number * 7 % len(_VALUES) :][:9]):
            name = names[at % len(names)]
            answer = client.get(place, params={name: _sent(value)})
            assert answer.status_code < 500, (place, name, value, answer.text[:300])
        for name in re.findall(r"\{(\w+)", path):
            for value in (_LONG, "9" * 30, "-1", "a%2F..%2Fb", "%ED%A0%80"):
                answer = client.get(_filled(path, {**_IDS, name: value}))
                assert answer.status_code < 500, (path, value, answer.text[:300])


def _sent(value: str) -> str:
    return value.encode("utf-8", "surrogatepass").decode("latin-1") if "\ud800" in value else value


def test_no_form_and_no_body_gives_an_error_of_the_server_s_own(client: TestClient) -> None:
    token = csrf(client)
    for path, _ in _routes(client, "POST"):
        place = _filled(path, _IDS)
        for value in ("\x00", "a\x00b", "\ud800", _LONG, "9999-12-31", "\x1b[31m"):
            fields = {name: value for name in _FIELDS}
            told = {name: one.encode("utf-8", "surrogatepass") for name, one in fields.items()}
            answer = client.post(place, data={**told, "csrf": token.encode()})
            assert answer.status_code < 500, (place, value, answer.text[:300])
            if place.startswith("/api/"):
                for held in (value, [value], {"id": value}, 10**30):
                    body: dict[str, Any] = {**fields, "ids": held, "seen": 1, "verdict": "note"}
                    raw = _json(body)
                    kind = {"content-type": "application/json", "x-csrf-token": token}
                    answer = client.post(place, content=raw, headers=kind)
                    assert answer.status_code < 500, (place, held, answer.text[:300])


_FIELDS = (
    "story", "text", "outlet", "date", "headline", "url", "addresses", "why", "value", "name", "password", "label",
    "claim", "subject", "ids", "verdict", "field", "content", "source", "cue", "next", "stories", "role", "to", "note",
)  # fmt: skip


def _json(body: object) -> bytes:
    import json

    return json.dumps(body).encode()


@pytest.mark.parametrize(
    "name", ["漢" * 200 + ".txt", "a\x00.txt", "b" * 476 + ".pdf", "..", "meta.json", "\x1b[2J.txt", ""]
)
def test_a_file_of_any_name_is_accepted_or_refused(name: str, client: TestClient) -> None:
    raw = b"The harbour master, Ilse Roon, said the bridge will be shut on Monday.\n"
    kind = {"x-csrf-token": csrf(client), "x-requested-with": "test"}
    answer = client.post(f"/api/v1/stories/{STORY}/files", files={"files": (name, raw)}, headers=kind)
    assert answer.status_code < 500, answer.text[:300]
