"""Every page for reading, under one roof."""

from __future__ import annotations

from fastapi import APIRouter

from onrecord.web.pages import (
    asked,
    cards,
    claims,
    comparing,
    glossary,
    lists,
    outlets,
    output,
    reports,
    searching,
    speakers,
    stories,
)

router = APIRouter()
for _part in (stories, output, claims, asked, cards, lists, reports, comparing, speakers, outlets, searching, glossary):
    router.include_router(_part.router)
