"""The invented stories that the judge is trained on: each line reads, each label names a claim of its story."""

from __future__ import annotations

from pathlib import Path

import pytest
from training.invented_stories import invented_stories, invented_texts


@pytest.mark.parametrize("path", invented_stories(), ids=lambda path: path.stem)
def test_each_claim_is_borne_on_in_more_than_one_statement(path: Path) -> None:
    story, whole, contents = invented_texts(path)
    assert whole.keys() == contents.keys() == {one["id"] for one in story["attributions"]}
    assert all(len(claim["members"]) > 1 for claim in story["claims"])


def test_a_label_of_no_claim_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text("# Title\nC1 The crane fell\nr1 | Lorne | said | it fell | +2\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"story.txt, line 3: there is no claim C2"):
        invented_texts(path)
