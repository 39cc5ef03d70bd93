"""Who said what, through whom, since when, and whether it still stands.

What is listed here is the library; every other name may change without notice. The steps are loaded when they are
first used, so that `import onrecord` itself takes no time.

Example:
    >>> import onrecord
    >>> sentence = "The bridge will close on Friday, Mayor Ada Wren said."
    >>> story = onrecord.tell(texts=[sentence])
    >>> [said["content"] for said in story.attributions.records()]
    ['The bridge will close on Friday']
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

# The neural runtime has its maker's telemetry compiled in, and on; it reads this variable when it is first imported, by
# whomever. Nothing leaves this machine unless a person asks for it, whatever the environment says.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

if TYPE_CHECKING:
    from onrecord.datamodel.attribution import Attribution
    from onrecord.datamodel.claim import Claim, Conflict, Quote
    from onrecord.datamodel.report import Report
    from onrecord.datamodel.span import Span
    from onrecord.datamodel.standing import Standing
    from onrecord.datamodel.story import Story
    from onrecord.errors import OnRecordError
    from onrecord.public import add, ask, check, extract, open_desk, read, render, tell

_HOMES = {
    "Attribution": "onrecord.datamodel.attribution",
    "Claim": "onrecord.datamodel.claim",
    "Conflict": "onrecord.datamodel.claim",
    "OnRecordError": "onrecord.errors",
    "Quote": "onrecord.datamodel.claim",
    "Report": "onrecord.datamodel.report",
    "Span": "onrecord.datamodel.span",
    "Standing": "onrecord.datamodel.standing",
    "Story": "onrecord.datamodel.story",
    "add": "onrecord.public",
    "ask": "onrecord.public",
    "check": "onrecord.public",
    "extract": "onrecord.public",
    "open_desk": "onrecord.public",
    "read": "onrecord.public",
    "render": "onrecord.public",
    "tell": "onrecord.public",
}

__all__ = [
    "Attribution",
    "Claim",
    "Conflict",
    "OnRecordError",
    "Quote",
    "Report",
    "Span",
    "Standing",
    "Story",
    "add",
    "ask",
    "check",
    "extract",
    "open_desk",
    "read",
    "render",
    "tell",
]


if not TYPE_CHECKING:
    # Hidden from type checkers, which would take any misspelt name for one that is there.

    def __getattr__(name: str) -> object:
        """A public name, imported from where it lives on its first use."""
        if name not in _HOMES:
            raise AttributeError(f"module 'onrecord' has no public name '{name}'")
        value = globals()[name] = getattr(import_module(_HOMES[name]), name)
        return value


def __dir__() -> list[str]:
    """The public names."""
    return __all__
