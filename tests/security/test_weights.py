"""A model that is not the one that was looked at is not used."""

from __future__ import annotations

import pytest

from onrecord.errors import BackendError
from onrecord.tagging.grammar import weighed


def test_the_model_that_is_installed_is_the_one_that_was_looked_at() -> None:
    pytest.importorskip(weighed.REPACKED)
    weighed.check_weights(weighed.REPACKED)
    weighed.check_weights("en_core_web_sm")


def test_another_model_of_its_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip(weighed.REPACKED)
    monkeypatch.setattr(weighed, "_DIGEST", "0" * 64)
    with pytest.raises(BackendError, match="not the one that was looked at"):
        weighed.check_weights(weighed.REPACKED)
