"""A sample story for a desk that holds nothing yet, from reports invented for this project."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from onrecord.errors import UsageError
from onrecord.web.auth.people import Editor
from onrecord.web.background.jobs import Upload

router = APIRouter(include_in_schema=False)
STORY = "sample-dam-memo"


@router.post("/sample")
def add_sample(request: Request, person: Editor) -> Response:
    """Begin to add the sample story, and lead to where its progress is told."""
    if person.stories is not None or request.app.state.desk.stories():
        raise UsageError("the desk holds stories already · the sample · add reports of your own")
    folder = Path(str(files("onrecord.web") / "sample"))
    streams = [path.open("rb") for path in sorted(folder.iterdir()) if path.suffix in (".txt", ".json")]
    try:
        uploads = [Upload(name=Path(one.name).name, stream=one) for one in streams]
        ident = request.app.state.jobs.submit(STORY, by=person.name, uploads=uploads)
    finally:
        for one in streams:
            one.close()
    return RedirectResponse(f"/jobs/{ident}", 303)
