"""Every address of the working side."""

from __future__ import annotations

from fastapi import APIRouter

from onrecord.web.work import checking, deciding, keeping, undoing
from onrecord.web.work.following import alerting, inbox, watching
from onrecord.web.work.intake import adding, annotating, moving, sample

router = APIRouter()
for _part in (deciding, undoing, adding, annotating, moving, keeping, sample, inbox, watching, alerting, checking):
    router.include_router(_part.router)
