"""A desk and its settings to the application that answers browsers and programs."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path

from fastapi import Depends, FastAPI
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from onrecord.ledger.desk import Desk
from onrecord.web.access import desk_accounts, signing
from onrecord.web.access.elsewhere import Elsewhere, Provider
from onrecord.web.access.front import Front
from onrecord.web.access.gate import Gate, guarded, in_sight
from onrecord.web.apart import TellingApart
from onrecord.web.api import routes as api
from onrecord.web.failing import tell_errors
from onrecord.web.jobs import Jobs
from onrecord.web.pages import routes as pages
from onrecord.web.pages.views import Views
from onrecord.web.settings import Settings
from onrecord.web.telling import Shelves
from onrecord.web.work import routes as work

WEB = Path(str(files("onrecord.web")))
# Smaller answers are not worth the packing.
_LEAST_PACKED_BYTES = 1000


def create_app(settings: Settings, desk: Desk, provider: Provider | None = None) -> FastAPI:
    """The application over an open desk; closing the desk is the caller's. People may sign in at a provider too."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if apart:
            threading.Thread(target=apart.begin, name="beginning-apart", daemon=True).start()
        app.state.jobs.resume()
        yield
        app.state.shelves.close()
        if apart:
            apart.close()
        app.state.jobs.close()

    app = FastAPI(
        title="onrecord",
        lifespan=lifespan,
        dependencies=[Depends(guarded), Depends(in_sight)],
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    app.state.settings, app.state.desk = settings, desk
    apart = TellingApart(desk, settings.desk, settings.tagger) if settings.apart else None
    app.state.shelves, app.state.gate = Shelves(desk, settings.tagger, apart), Gate(desk, settings)
    app.state.views = Views(app.state.shelves)
    app.state.jobs = Jobs(desk, app.state.shelves, settings)
    app.state.elsewhere = Elsewhere(provider, app.state.gate.accounts) if provider else None
    app.state.templates = _templates()
    app.mount("/static", StaticFiles(directory=WEB / "static"), name="static")
    _routes(app)
    tell_errors(app)
    app.add_middleware(GZipMiddleware, minimum_size=_LEAST_PACKED_BYTES, compresslevel=5)
    app.add_middleware(Front, settings=settings)
    return app


def _templates() -> Environment:
    loader = FileSystemLoader(WEB / "templates")
    return Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # A page is made of dozens of templates: none is looked for on the disk again.
        auto_reload=False,
    )


def _routes(app: FastAPI) -> None:
    for router in (signing.router, desk_accounts.router, pages.router, work.router, api.router):
        app.include_router(router)
