"""What a page hides or strikes out: by attributes, by its own style sheets, and by class names that all sites share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

HIDDEN, STRUCK = "hidden", "struck"

_MAX_SHEET = 400_000
_MAX_RULES = 2_000
_MAX_HEIGHT = 60
# A rule that may hide or strike out; whatever else a style sheet says is not looked at.
_SUSPECT = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*\.?0*\s*(?:[;}!%]|$)|text-indent\s*:\s*-"
    r"|font(?:-size)?\s*:\s*0*[01]?(?:\.\d+)?(?:px|pt|em|rem|%|\s|[;}!]|$)|line-through|(?:left|top|right|bottom)\s*:\s*-\d{2}"
    r"|clip(?:-path)?\s*:|(?:height|width)\s*:\s*[01](?:px|em|rem|%|\s|[;}!]|$)|transparent|rgba\(|content-visibility"
    r"|scale|translate|mso-hide",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_BRACE = re.compile(r"[{}]")
_ON_SCREENS = re.compile(r"@(?:media\s+(?:only\s+)?(?:all|screen)\s*$|supports|layer|-moz-document)", re.IGNORECASE)
_COMPOUND = re.compile(r"([a-zA-Z][\w-]*)?((?:[.#][\w-]+|\[[\w-]+(?:[~|^$*]?=(?:\"[^\"]*\"|'[^']*'|[^\]\"']*))?\])*)")
_PART = re.compile(r"([.#])([\w-]+)|\[([\w-]+)(?:([~|^$*]?)=(?:\"([^\"]*)\"|'([^']*)'|([^\]\"']*)))?\]")
_NUMBER = re.compile(r"-?\d*\.?\d+")
_FAR = 900.0
_EM = 16.0
_WHITE = frozenset({"#fff", "#ffffff", "white", "rgb(255,255,255)", "rgba(255,255,255,1)"})
_NAMED = {"white": "#ffffff", "black": "#000000", "rgb(255,255,255)": "#ffffff", "rgb(0,0,0)": "#000000"}
# Attributes that may hide: most tags have none, and to look closer takes longer.
_MAYBE = re.compile(
    r"style|hid|sr-?only|sr_only|screen|d-none|off-?screen|assistive|invisible|popover|dialog", re.IGNORECASE
)
# Names by which sites mark what only screen readers say, or nobody sees; their style sheets are seldom saved.
_UNSEEN_NAME = re.compile(
    r"(?:[a-z]{1,9}[-_]{1,2})?(?:sr[-_]?only|visually[-_]?hidden|hidden[-_]visually|screen[-_]?readers?[-_]?(?:text|only)"
    r"|a11y[-_](?:hidden|text)|off-?screen|assistive[-_]text|element-invisible)"
    r"|hidden|hide|is-hidden|u-hidden|d-none|invisible|display-none"
)
# "hidden md:block", "d-none d-md-block": hidden on some screens only.
_ON_SOME = re.compile(
    r"(?:[a-z0-9]{2,3}:|d-(?:xs|sm|md|lg|xl|xxl)-|hidden-)(?:block|flex|inline|grid|table|none|visible)?"
)


@dataclass(frozen=True, slots=True)
class _Compound:
    """What one element of a selector asks for."""

    tag: str
    names: frozenset[str]
    attributes: tuple[tuple[str, str, str | None], ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    """Declarations for what the last compound describes; each before it with the sign that leads to it."""

    compounds: tuple[_Compound, ...]
    direct: tuple[bool, ...]
    told: Mapping[str, str]
    rank: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Facts:
    """An element as rules see it: its tag, its names (".a", "#b"), and the elements around it, innermost first."""

    tag: str
    names: frozenset[str]
    around: Sequence[tuple[str, frozenset[str]]] = ()


@dataclass(slots=True)
class Styles:
    """The rules of a page's own style sheets that may hide or strike out."""

    rules: dict[str, list[_Rule]] = field(default_factory=dict)
    count: int = 0

    def __bool__(self) -> bool:
        return bool(self.rules)

    def add(self, sheet: str) -> None:
        """Take in a style sheet: rules that may hide, and those that show again what they name."""
        if len(sheet) > _MAX_SHEET or not _SUSPECT.search(sheet):
            return
        others: list[tuple[str, str]] = []
        for selectors, told in _leaves(_COMMENT.sub(" ", sheet)):
            if _SUSPECT.search(told):
                self._enter(selectors, told, known=False)
            else:
                others.append((selectors, told))
        for selectors, told in others if self.rules else ():
            self._enter(selectors, told, known=True)

    def _enter(self, selectors: str, told: str, known: bool) -> None:
        declared = declarations(told)
        for selector in selectors.split(","):
            self.count += 1
            parsed = _selector(selector.strip(), declared, self.count)
            if parsed is None or self.count > _MAX_RULES * 20:
                continue
            key = _key(parsed.compounds[-1])
            if known and key not in self.rules:
                continue
            rules = self.rules.setdefault(key, [])
            if len(rules) < _MAX_RULES:
                rules.append(parsed)

    def names(self, told: Mapping[str, str]) -> frozenset[str]:
        """An element's class names and id as selectors write them."""
        found = {f".{one}" for one in told.get("class", "").lower().split()}
        return frozenset(found | {f"#{told['id'].lower()}"} if told.get("id") else found)

    def declared(self, one: Facts, told: Mapping[str, str]) -> dict[str, str]:
        """What the rules and the tag's own style say of an element, later ones and closer ones over the others."""
        found: list[_Rule] = []
        for key in (one.tag, *one.names, *(f"[{name}" for name in told)):
            found.extend(rule for rule in self.rules.get(key, ()) if _matches(rule, one, told))
        merged: dict[str, str] = {}
        strong: dict[str, str] = {}
        for rule in sorted(found, key=lambda each: each.rank):
            for name, value in rule.told.items():
                (strong if value.endswith("!") else merged)[name] = value.rstrip("!")
        for name, value in declarations(told.get("style", "")).items():
            if value.endswith("!") or name not in strong:
                strong.pop(name, None)
                merged[name] = value.rstrip("!")
        return {**merged, **strong}


def veil_of(tag: str, told: Mapping[str, str], declared: Mapping[str, str], white: bool = False) -> str:
    """What an element does to its words: HIDDEN, STRUCK, or nothing; `white`: the page is known to be white."""
    if "hidden" in told or "popover" in told or told.get("aria-hidden", "").lower() == "true":
        return HIDDEN
    if tag == "dialog" and "open" not in told:
        return HIDDEN
    if declared and _hides(declared, white):
        return HIDDEN
    if declared.get("display", "none") == "none" and _unseen_by_name(told.get("class", "")):
        return HIDDEN
    line = f"{declared.get('text-decoration', '')} {declared.get('text-decoration-line', '')}"
    return STRUCK if "line-through" in line else ""


def may_veil(inside: str) -> bool:
    """Whether a tag's attributes may hide or strike out its words by themselves."""
    return bool(_MAYBE.search(inside))


def declarations(told: str) -> dict[str, str]:
    """Properties and their values, in small letters and without spaces around; "!" behind those that are important."""
    found: dict[str, str] = {}
    for one in told.split(";"):
        name, colon, value = one.partition(":")
        if colon:
            value = value.strip().lower()
            important = value.endswith("!important") or value.endswith("! important")
            value = value.partition("!")[0].strip()
            found[name.strip().lower()] = f"{value}!" if important else value
    return found


def by_itself(style: str) -> dict[str, str]:
    """What a tag's own style declares."""
    return {name: value.rstrip("!") for name, value in declarations(style).items()} if style else {}


def _unseen_by_name(classes: str) -> bool:
    names = classes.lower().split()
    if not any(_UNSEEN_NAME.fullmatch(name) for name in names):
        return False
    return not any(_ON_SOME.match(name) for name in names)


def _hides(told: Mapping[str, str], white: bool) -> bool:
    return (
        told.get("display") == "none"
        or told.get("visibility") in ("hidden", "collapse")
        or told.get("content-visibility") == "hidden"
        or told.get("mso-hide") == "all"
        or _number(told.get("opacity")) == 0
        or _tiny(told)
        or _away(told)
        or _clipped(told)
        or _in_its_ground(told, white)
    )


def _tiny(told: Mapping[str, str]) -> bool:
    """Letters of no size, or a box of none that shows nothing beyond itself."""
    size = _length(told.get("font-size"))
    if size is not None and size <= 1:
        return True
    flat = any((at := _length(told.get(name))) is not None and at <= 1 for name in _SIZES)
    cut = any(told.get(name) in ("hidden", "clip") for name in ("overflow", "overflow-x", "overflow-y"))
    shrunk = re.search(r"scale[xy]?\(\s*0*\.?0+\s*[,)]", told.get("transform", ""))
    return (flat and cut) or bool(shrunk)


_SIZES = ("height", "max-height", "width", "max-width")


def _away(told: Mapping[str, str]) -> bool:
    """Words set far off the screen."""
    indent = _length(told.get("text-indent"))
    if indent is not None and indent <= -_FAR:
        return True
    if told.get("position") in ("absolute", "fixed"):
        places = (_length(told.get(name)) for name in ("left", "top", "right", "bottom"))
        return any(place is not None and place <= -_FAR for place in places)
    moved = re.search(r"translate[xy]?\(\s*(-[\d.]+(?:px|em|rem)?)", told.get("transform", ""))
    place = _length(moved.group(1)) if moved else None
    return place is not None and place <= -_FAR


def _clipped(told: Mapping[str, str]) -> bool:
    """A box of which nothing is shown."""
    clip = told.get("clip", "")
    if clip.startswith("rect") and told.get("position") in ("absolute", "fixed"):
        sizes = [float(one) for one in _NUMBER.findall(clip)]
        if len(sizes) == 4 and sizes[2] - sizes[0] <= 1 and sizes[1] - sizes[3] <= 1:
            return True
    path = told.get("clip-path", "")
    inset = re.match(r"inset\(\s*(\d+(?:\.\d+)?)%\s*\)", path)
    return bool(inset and float(inset.group(1)) >= 50) or path.startswith(("circle(0)", "circle(0%", "circle(0px"))


def _in_its_ground(told: Mapping[str, str], white: bool) -> bool:
    """Letters in the colour of what is behind them."""
    colour = _colour(told.get("color"))
    if not colour or told.get("background-clip", told.get("-webkit-background-clip")) == "text":
        return False
    if colour == "transparent":
        return "text-shadow" not in told
    ground = told.get("background-color") or told.get("background")
    if ground:
        return _colour(ground) == colour
    return white and colour == "#ffffff"


def _colour(told: str | None) -> str:
    value = re.sub(r"\s+", "", told or "")
    if re.fullmatch(r"rgba\(\d+,\d+,\d+,0*\.?0*\)", value):
        return "transparent"
    if re.fullmatch(r"#[0-9a-f]{3}", value):
        return "#" + "".join(sign * 2 for sign in value[1:])
    return "#ffffff" if value in _WHITE else _NAMED.get(value, value)


def _number(told: str | None) -> float | None:
    match = _NUMBER.match(told or "")
    return float(match.group()) if match else None


def _length(told: str | None) -> float | None:
    """A length in pixels, as near as can be; None where it is none, or depends on what is around."""
    number = _number(told)
    if number is None or told is None:
        return None
    if number == 0:
        return 0.0
    unit = _NUMBER.sub("", told, count=1).strip()
    if unit in ("em", "rem", "ex", "ch"):
        return number * _EM
    if unit in ("%", "vw", "vh"):
        return number * 10 if number < 0 else None
    return number if unit in ("px", "pt") else None


def _leaves(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the rules that hold on every screen, in time that grows with the sheet's length."""
    around: list[bool] = []
    at = 0
    opened = ""
    for match in _BRACE.finditer(sheet):
        said = sheet[at : match.start()]
        at = match.end()
        if match.group() == "{":
            opened = said.rpartition(";")[2].strip()
            around.append(not opened.startswith("@") or bool(_ON_SCREENS.match(opened)))
        elif around:
            if opened and not opened.startswith("@") and all(around):
                yield opened, said
            around.pop()
            opened = ""


def _selector(said: str, told: Mapping[str, str], order: int) -> _Rule | None:
    """A rule; None for what is shown at times only, or picked by what it stands beside."""
    if not said or (any(sign in said for sign in ":+~*|\\") and "[" not in said) or ":" in said:
        return None
    compounds: list[_Compound] = []
    direct: list[bool] = []
    child = False
    for word in said.replace(">", " > ").split():
        if word == ">":
            child = True
            continue
        match = _COMPOUND.fullmatch(word)
        if match is None:
            return None
        compounds.append(_compound(match))
        direct.append(child)
        child = False
    # What hides the whole page until a script has run says nothing about a word of it.
    if not compounds or (compounds[-1].tag in ("html", "body") and not compounds[-1].names):
        return None
    ids = sum(name.startswith("#") for one in compounds for name in one.names)
    names = sum(len(one.names) + len(one.attributes) for one in compounds) - ids
    return _Rule(tuple(compounds), tuple(direct), told, (ids, names, sum(bool(one.tag) for one in compounds), order))


def _compound(match: re.Match[str]) -> _Compound:
    names, attributes = set(), []
    for part in _PART.finditer(match.group(2)):
        if part.group(1):
            names.add(f"{part.group(1)}{part.group(2).lower()}")
        else:
            value = next((one for one in part.groups()[4:] if one is not None), None)
            attributes.append((part.group(3).lower(), part.group(4) or "", value))
    return _Compound((match.group(1) or "").lower(), frozenset(names), tuple(attributes))


def _key(one: _Compound) -> str:
    """What an element must have for a rule to be looked at."""
    if one.names:
        return min(one.names)
    return f"[{one.attributes[0][0]}" if one.attributes else one.tag


def _matches(rule: _Rule, one: Facts, told: Mapping[str, str]) -> bool:
    last = rule.compounds[-1]
    if (last.tag and last.tag != one.tag) or not last.names <= one.names:
        return False
    if not all(_has(told, *asked) for asked in last.attributes):
        return False
    at = 0
    for compound, direct in zip(reversed(rule.compounds[:-1]), reversed(rule.direct[1:]), strict=True):
        if compound.attributes:
            return False
        here = range(at, at + 1) if direct else range(at, len(one.around))
        found = next((n for n in here if n < len(one.around) and _is(compound, *one.around[n])), None)
        if found is None:
            return False
        at = found + 1
    return True


def _is(compound: _Compound, tag: str, names: frozenset[str]) -> bool:
    return (not compound.tag or compound.tag == tag) and compound.names <= names


def _has(told: Mapping[str, str], name: str, how: str, value: str | None) -> bool:
    if name not in told:
        return False
    has = told[name]
    if value is None:
        return True
    tests = {"^": has.startswith(value), "$": has.endswith(value), "*": value in has, "~": value in has.split()}
    return tests.get(how, has == value)
