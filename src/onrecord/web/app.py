"""A desk and its settings to the application that answers browsers and programs."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from fastapi import Depends, FastAPI
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from onrecord.datamodel.story import Story
from onrecord.ledger.desk import Desk
from onrecord.notifying.channels import Sending
from onrecord.notifying.notifier import Notifier
from onrecord.web.api import routes as api
from onrecord.web.auth import desk_accounts, login
from onrecord.web.auth.dependencies import Gate, require_csrf, require_story_access
from onrecord.web.auth.middleware import AuthMiddleware
from onrecord.web.auth.oidc import OpenIdClient, Provider
from onrecord.web.background.jobs import Jobs
from onrecord.web.background.story_cache import StoryCache
from onrecord.web.background.worker_process import WorkerProcess
from onrecord.web.error_handlers import add_error_handlers
from onrecord.web.operating import Conditional, Tally
from onrecord.web.operating import router as operating
from onrecord.web.pages import routes as pages
from onrecord.web.pages.layout.views import Views
from onrecord.web.settings import Settings
from onrecord.web.work import routes as work
from onrecord.web.work.following.notices import Notices

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
        if settings.notify:
            threading.Thread(target=app.state.notifier.run, name="notifying", daemon=True).start()
        yield
        app.state.notifier.stopped.set()
        app.state.story_cache.close()
        if apart:
            apart.close()
        app.state.jobs.close()

    app = FastAPI(
        title="onrecord",
        lifespan=lifespan,
        dependencies=[Depends(require_csrf), Depends(require_story_access)],
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    app.state.settings, app.state.desk = settings, desk
    apart = WorkerProcess(desk, settings.desk, settings.tagger) if settings.apart else None
    app.state.story_cache, app.state.gate = StoryCache(desk, settings.tagger, apart), Gate(desk, settings)
    app.state.views = Views(app.state.story_cache)
    app.state.notices = Notices(desk)
    app.state.jobs = Jobs(desk, app.state.story_cache, settings)
    app.state.notifier = _notifier(settings, desk, app.state.story_cache)
    app.state.elsewhere = OpenIdClient(provider, app.state.gate.accounts) if provider else None
    app.state.templates = _templates()
    app.mount("/static", StaticFiles(directory=WEB / "static"), name="static")
    _routes(app)
    add_error_handlers(app)
    app.state.tally = Tally()
    app.add_middleware(Conditional, tally=app.state.tally)
    app.add_middleware(GZipMiddleware, minimum_size=_LEAST_PACKED_BYTES, compresslevel=5)
    app.add_middleware(AuthMiddleware, settings=settings)
    if settings.cors:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.cors),
            allow_methods=["GET", "POST", "PATCH", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "If-None-Match"],
            expose_headers=["ETag"],
        )
    return app


def _notifier(settings: Settings, desk: Desk, cache: StoryCache) -> Notifier:
    """What tells changes to who waits for them, from the stories that are in hand."""

    def told(name: str) -> tuple[int, Story] | None:
        held = cache.shelved(name)
        return (held.head, held.story) if held.current else None

    sending = Sending.of(private=settings.private_fetch)
    if sending.address is None and settings.names:
        scheme = "https" if settings.https else "http"
        sending = replace(sending, address=f"{scheme}://{settings.names[0]}")
    return Notifier(desk, sending, tell=told)


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
    for router in (login.router, desk_accounts.router, pages.router, work.router, api.router, operating):
        app.include_router(router)
