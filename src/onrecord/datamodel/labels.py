"""Words that head a part of a page ("Claim: …", "Verdict: …") and so name nobody who speaks."""

from __future__ import annotations

import re

HEADING = re.compile(
    r"(?:claims?|origins?|examples?|status|rating|verdict|facts?|(?:fact|reality) check|notes?|editor[’']s note|"
    r"corrections?|clarification|summary|background|context|conclusion|details|sources?|rumou?rs?|myth|theory|question|"
    r"caption|credit|headline|subject|warning|disclaimer|translation|location|date)",
    re.IGNORECASE,
)
