"""Honorifics, ranks, offices and roles that stand before or after a personal name; see titles.toml."""

from __future__ import annotations

from onrecord.attributing.lexicon.loading import lexicon

_LISTS = {name: frozenset(words) for name, words in lexicon("titles").items() if name not in ("same_role", "exclusive")}

MALE_HONORIFICS, FEMALE_HONORIFICS = _LISTS["male_honorifics"], _LISTS["female_honorifics"]
HONORIFICS = MALE_HONORIFICS | FEMALE_HONORIFICS | _LISTS["neutral_honorifics"]
# Roles are heads that may stand directly before a name, with or without a capital.
RANKS, ROLES = _LISTS["ranks"], _LISTS["roles"]
MALE_ROLES, FEMALE_ROLES = _LISTS["male_roles"], _LISTS["female_roles"]
SUFFIXES, POST_NOMINALS, PARTICLES = _LISTS["suffixes"], _LISTS["post_nominals"], _LISTS["particles"]
UNNAMED_HEADS, BODY_HEADS = _LISTS["unnamed_heads"], _LISTS["body_heads"]
# What takes up a person whom a report has just named: by age, kin and lot anybody; by trade too, unless another one has
# been told of the person. Offices are not among them: "the prosecutor" is somebody else than the person named before.
LIFE = _LISTS["life"]
REDESCRIBING = LIFE | _LISTS["redescribing"]
# Words that one and the same office may go by.
SAME_ROLE = tuple(frozenset(words) for words in lexicon("titles")["same_role"])
# Words of which a person has one at most: the others do not describe the same person.
EXCLUSIVE = tuple(tuple(frozenset(words) for words in group) for group in lexicon("titles")["exclusive"])
