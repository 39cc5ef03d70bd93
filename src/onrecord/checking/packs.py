"""House rules as packs: TOML files that say which checks matter how much, why, and what to do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from onrecord.checking.findings import Finding, Flag, Rule, Severity
from onrecord.datamodel.span import Span
from onrecord.errors import UsageError

RECORD = "record"
HOUSES = ("ap", "reuters", "bbc")
# The check that a pack's own rule may ask for: words that match a pattern.
WORDS = "words"
CHECKS: Mapping[str, str] = {
    "quote-negation": "words in quotation marks gain or lose a “not”",
    "quote-number": "words in quotation marks have another number than on the desk",
    "quote-words": "words in quotation marks are others than on the desk",
    "quote-bracket": "square brackets put other words in a speaker's mouth",
    "wrong-speaker": "the desk has the words from somebody else",
    "number-differs": "a number is another than the desk has of the same speaker",
    "contradicted": "the desk has the opposite from the same speaker",
    "withdrawn": "the speaker took the statement back since",
    "corrected": "the outlet corrected or withdrew it since",
    "confirmed-thinly": "“confirmed” is said of what rests on unnamed sources or on one origin",
    "hidden-relay": "only one outlet has it, or another passed it on, and the draft does not say so",
    "refusal-left-out": "somebody was asked and would not comment, and the draft does not say so",
    "unnamed-without-reason": "an unnamed source, and no word of why",
    "unnamed-undescribed": "an unnamed source of whom nothing else is told",
    "unnamed-opinion": "an unnamed source is quoted with an opinion or an attack",
    "unnamed-alone": "a statement rests on one unnamed source alone",
    "unnamed-plural": "sources in the plural where the desk has one",
    "unattributed": "told as a fact what is only claimed on the desk",
    "loaded-verb": "a verb of saying that takes sides",
    WORDS: "words that match the rule's pattern",
}
_FIELDS = {"id": True, "check": True, "severity": True, "rule": True, "do": True, "source": False, "pattern": False}
_LONGEST_PATTERN = 500


def load_packs(names: Sequence[str]) -> tuple[Rule, ...]:
    """The rules of the record's own pack and of those named, by name or by path.

    Of two rules for one check the later pack's counts, so that a house can raise, lower or switch off each; rules with
    a pattern all count. Raises UsageError for a pack that is not there or cannot be read.
    """
    by_check: dict[str, Rule] = {}
    for name in (RECORD, *(one for one in names if one != RECORD)):
        for rule in _load(name):
            by_check[f"{WORDS} {rule.pack} {rule.id}" if rule.check == WORDS else rule.check] = rule
    return tuple(rule for rule in by_check.values() if rule.severity is not Severity.OFF)


@cache
def _load(name: str) -> tuple[Rule, ...]:
    packed = files("onrecord.checking") / "packs" / f"{name}.toml"
    if name in (RECORD, *HOUSES):
        return _rules(packed.read_text(encoding="utf-8"), name, name)
    path = Path(name)
    try:
        told = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        known = ", ".join((RECORD, *HOUSES))
        why = "is not there" if isinstance(error, FileNotFoundError) else "cannot be read as UTF-8 text"
        raise UsageError(f"house pack '{name}' {why} · --pack · one of {known}, or a TOML file") from error
    return _rules(told, path.stem, name)


def _rules(told: str, pack: str, where: str) -> tuple[Rule, ...]:
    try:
        held = tomllib.loads(told)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"no TOML ({str(error)[:80]}) · house pack {where} · mend that line") from error
    listed = held.get("rule")
    if not isinstance(listed, list) or not listed:
        raise UsageError(f"no [[rule]] in it · house pack {where} · write one for each rule")
    named, source = held.get("name"), held.get("source")
    shared = source if isinstance(source, str) else ""
    return tuple(
        _rule(one, number, (named if isinstance(named, str) else pack, shared, where))
        for number, one in enumerate(listed, 1)
    )


def _rule(told: object, number: int, about: tuple[str, str, str]) -> Rule:
    pack, shared, where = about
    place = f"house pack {where}, rule {number}"
    if not isinstance(told, dict):
        raise UsageError(f"no table of a rule · {place} · write [[rule]]")
    wrong = next((key for key, value in told.items() if key not in _FIELDS or not isinstance(value, str)), None)
    missing = next((key for key, needed in _FIELDS.items() if needed and not told.get(key)), None)
    if wrong or missing:
        what = f"'{wrong}' is no field of a rule, or no text" if wrong else f"'{missing}' is missing"
        raise UsageError(f"{what} · {place} · a rule has {', '.join(_FIELDS)}")
    return Rule(
        id=told["id"],
        check=_check(told, place),
        severity=_severity(told, place),
        rule=told["rule"],
        do=told["do"],
        source=told.get("source") or shared,
        pack=pack,
        pattern=_pattern(told, place),
    )


def _check(told: Mapping[str, Any], place: str) -> str:
    if told["check"] not in CHECKS:
        raise UsageError(f"no check '{told['check'][:40]}' · {place} · one of {', '.join(CHECKS)}")
    return str(told["check"])


def _severity(told: Mapping[str, Any], place: str) -> Severity:
    try:
        return Severity(told["severity"])
    except ValueError as error:
        raise UsageError(f"no severity '{told['severity'][:40]}' · {place} · error, warning, note or off") from error


def _pattern(told: Mapping[str, Any], place: str) -> str | None:
    pattern = told.get("pattern")
    if (pattern is not None) != (told["check"] == WORDS):
        raise UsageError(f"a pattern goes with the check '{WORDS}', and with no other · {place} · mend the rule")
    if pattern is None:
        return None
    try:
        if len(pattern) > _LONGEST_PATTERN:
            raise ValueError(f"longer than {_LONGEST_PATTERN} characters")
        re.compile(pattern)
    except (ValueError, re.error, RecursionError, OverflowError) as error:
        raise UsageError(f"no pattern ({str(error)[:60]}) · {place} · write a regular expression") from error
    return str(pattern)


def worded_flags(text: str, rules: Iterable[Rule]) -> list[tuple[Rule, Flag]]:
    """What the rules with a pattern of their own find in a draft."""
    found = []
    for rule in rules:
        if rule.pattern is not None:
            for match in re.finditer(rule.pattern, text):
                if match.end() > match.start():
                    flag = Flag(check=WORDS, span=Span(*match.span()), message=rule.rule)
                    found.append((rule, flag))
    return found


def findings(text: str, flags: Iterable[Flag], rules: Sequence[Rule]) -> tuple[Finding, ...]:
    """Flags under the rules that ask for them, in the order of the text; what is left out comes last."""
    asked = {rule.check: rule for rule in rules if rule.pattern is None}
    pairs = [(asked[flag.check], flag) for flag in flags if flag.check in asked]
    pairs.extend(worded_flags(text, rules))
    made = [
        Finding(rule=rule, flag=flag, words=flag.span.of(text) if flag.span else flag.subject or "")
        for rule, flag in pairs
    ]
    return tuple(sorted(made, key=_order))


def _order(one: Finding) -> tuple[bool, int, int, str, str]:
    span = one.span
    return span is None, span.start if span else 0, span.end if span else 0, one.rule.id, one.flag.message


def table() -> str:
    """Every check and the packs that ask for it, as a Markdown table for the documentation."""
    asked = {name: {rule.check for rule in _load(name)} for name in (RECORD, *HOUSES)}
    rows = [
        f"| `{check}` | {words} | {', '.join(name for name, held in asked.items() if check in held) or 'your own'} |"
        for check, words in CHECKS.items()
    ]
    return "\n".join(["| check | finds | asked for by |", "| --- | --- | --- |", *rows])
