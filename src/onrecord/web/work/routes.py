"""Every address of the working side."""

from __future__ import annotations

from fastapi import APIRouter

from onrecord.web.work import (
    adding,
    alerting,
    annotating,
    checking,
    deciding,
    inbox,
    keeping,
    moving,
    sample,
    undoing,
    watching,
)

router = APIRouter()
for _part in (deciding, undoing, adding, annotating, moving, keeping, sample, inbox, watching, alerting, checking):
    router.include_router(_part.router)
