"""Given names by the gender they most often go with; a hint for pronouns, never for a party's description."""

from __future__ import annotations

from onrecord.attributing.lexicon.loading import lexicon

MALE = frozenset(lexicon("forenames")["male"])
FEMALE = frozenset(lexicon("forenames")["female"])
FORENAMES = MALE | FEMALE
