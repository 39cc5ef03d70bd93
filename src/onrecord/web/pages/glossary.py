"""The words that the desk uses, in plain ones."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from onrecord.datamodel.standing import Status
from onrecord.web.auth.people import Reader
from onrecord.web.pages.layout.answering import page

router = APIRouter(include_in_schema=False)

GLOSSARY = (
    ("statement", "What a report says that somebody said, with the exact words and who is credited."),
    ("claim", "One thing that is or is not so, and all the statements that support it, deny it or leave it open."),
    ("origin", "A person, body or document that said it first hand. Forty reports of one official are one origin."),
    ("2–3 origins", "Unnamed sources may be the same person or not: at least two, at most three."),
    ("passed on", "Who tells what somebody else said; no origin of its own."),
    ("near", "A statement on the same matter that neither supports nor denies the claim clearly; it is not counted."),
    ("as of", "What was published by then, and where each claim stood then."),
    ("needs a look", "A decision of yours whose statements are in more than one claim now; it waits for you."),
)
STANDINGS = (
    (Status.RETRACTED, "Who said it took it back, and nobody else stands by it on the record."),
    (Status.DENIED, "Somebody denies it on the record, and nobody who is named supports it."),
    (Status.DISPUTED, "Some support it and others deny it."),
    (Status.CORROBORATED, "At least two independent origins support it, one of them named."),
    (Status.SINGLE_ORIGIN, "One named origin supports it, and no other is certain."),
    (Status.UNCONFIRMED, "It rests on unnamed sources, doubtful documents or a report's own words."),
)


@router.get("/glossary", response_class=HTMLResponse)
def glossary(request: Request, person: Reader) -> HTMLResponse:
    """What the words mean."""
    return page(request, "pages/glossary.html", glossary=GLOSSARY, standings=STANDINGS)
