"""Every page for reading, under one roof."""

from __future__ import annotations

from fastapi import APIRouter

from onrecord.web.pages import claims, lists, output, reports, searching, stories

router = APIRouter()
for _part in (stories, output, claims, lists, reports, searching):
    router.include_router(_part.router)
