"""Every page for reading, under one roof."""

from __future__ import annotations

from fastapi import APIRouter

from onrecord.web.pages import asked, cards, claims, glossary, lists, output, searching, stories
from onrecord.web.pages.sources import comparing, outlets, reports, speakers

router = APIRouter()
for _part in (stories, output, claims, asked, cards, lists, reports, comparing, speakers, outlets, searching, glossary):
    router.include_router(_part.router)
