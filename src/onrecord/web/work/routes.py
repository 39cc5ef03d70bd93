"""Every address of the working side."""

from __future__ import annotations

from fastapi import APIRouter

from onrecord.web.work import adding, deciding, undoing, watching

router = APIRouter()
for _part in (deciding, undoing, adding, watching):
    router.include_router(_part.router)
