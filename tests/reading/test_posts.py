"""Posts of the networks printed inside reports."""

from __future__ import annotations

from onrecord.reading.posts import find_posts


def test_a_post_has_words_author_handle_and_day() -> None:
    text = (
        'She wrote:\n\n"Not one joint is cracked." pic.example/1 — Mara Lindqvist (@maralq) May 4, 2031\n\nThen more.'
    )
    (post,) = find_posts(text)
    assert post.body.of(text) == '"Not one joint is cracked." pic.example/1'
    assert post.credit.of(text) == "Mara Lindqvist (@maralq) May 4, 2031"
    assert (post.author, post.handle) == ("Mara Lindqvist", "@maralq")
    assert post.at is not None and post.at.isoformat() == "2031-05-04"


def test_two_posts_on_one_line_and_a_credit_on_its_own() -> None:
    text = "One. — A B (@ab) May 4, 2031 Two — C D (@cd) May 5, 2031\n\nThree, on its own line\n— E F (@ef)\n"
    assert [one.body.of(text) for one in find_posts(text)] == ["One.", "Two", "Three, on its own line"]


def test_prose_with_a_handle_is_no_post() -> None:
    assert find_posts("The board — led by Aal — answered the union (@dockers) on Sunday.") == ()
