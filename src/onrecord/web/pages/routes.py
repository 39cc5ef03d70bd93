"""Every page for reading, under one roof."""

from __future__ import annotations

from fastapi import APIRouter

from onrecord.web.pages import claims, glossary, lists, output, reports, searching, speakers, stories

router = APIRouter()
for _part in (stories, output, claims, lists, reports, speakers, searching, glossary):
    router.include_router(_part.router)
