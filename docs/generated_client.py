"""The API's document to the typed client's methods: one for each operation, under its operation id."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.web.api import asking, checking, models
from onrecord.web.api.routes import document

PLACE = Path(__file__).resolve().parents[1] / "src" / "onrecord" / "client" / "operations.py"
_HEAD = '''"""The API's operations as methods, printed from its document by docs/generated.py: not to be edited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from onrecord.client.transport import Files, Transport
from onrecord.web.api import asking, checking, models
'''
_INDENT = " " * 8
_PLAIN = {"string": "str", "integer": "int", "boolean": "bool", "null": "None"}


def module() -> str:
    """The module's source, formatted as the rest of the code is."""
    schemas = document()["components"]["schemas"]
    kinds: dict[str, str] = {}
    methods = [
        line
        for path, operations in document()["paths"].items()
        for method, one in operations.items()
        for line in _method(path, method.upper(), one, schemas, kinds)
    ]
    named = [f"{name} = Literal[{values}]" for name, values in sorted(kinds.items())]
    told = [_HEAD, *named, "\n\nclass Operations(Transport):", '    """One method for each operation."""\n', *methods]
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "-", "--line-length", "120", "--stdin-filename", str(PLACE)],
        input="\n".join(told),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def _method(
    path: str, method: str, one: dict[str, Any], schemas: dict[str, Any], kinds: dict[str, str]
) -> Iterator[str]:
    asked = one.get("parameters", [])
    within = [each["name"] for each in asked if each["in"] == "path"]
    queried = [each for each in asked if each["in"] == "query"]
    needed = [each for each in queried if each.get("required")]
    signature = ["self", *(f"{name}: {_kind(_of(asked, name), schemas, kinds)}" for name in within)]
    signature += [f"{_name(each)}: {_kind(each['schema'], schemas, kinds)}" for each in needed]
    body, sent = _body(one)
    signature += [f"{'files' if sent == 'files' else 'wanted'}: {body}"] if body else []
    more = [each for each in queried if not each.get("required")]
    if more:
        signature += ["*", *(_optional(each, schemas, kinds) for each in more)]
    answer = next(held for status, held in one["responses"].items() if status.startswith("2"))
    given = _answer(answer)
    yield f"    def {one['operationId']}({', '.join(signature)}) -> {given}:"
    yield "\n".join(
        textwrap.wrap(f'"""{one["description"]}"""', 119, initial_indent=_INDENT, subsequent_indent=_INDENT)
    )
    parts = [repr(method), _address(path, within)]
    if queried:
        parts.append("query={" + ", ".join(f"{each['name']!r}: {_name(each)}" for each in queried) + "}")
    if body:
        parts.append(f"{sent}={'files' if sent == 'files' else 'wanted'}")
    call = f"self.send({', '.join(parts)})"
    if given == "None":
        yield f"        {call}\n"
    elif given.startswith("Mapping"):
        yield f"        return self.plain({call})\n"
    else:
        yield f"        return {given}.model_validate_json({call})\n"


def _name(one: dict[str, Any]) -> str:
    return str(one["name"]).replace("-", "_")


def _of(asked: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(one["schema"] for one in asked if one["name"] == name)


def _optional(one: dict[str, Any], schemas: dict[str, Any], kinds: dict[str, str]) -> str:
    kind, default = _kind(one["schema"], schemas, kinds), one["schema"].get("default")
    return f"{_name(one)}: {kind} = {default!r}"


def _kind(schema: dict[str, Any], schemas: dict[str, Any], kinds: dict[str, str]) -> str:
    """A parameter's type; an enumeration gets a name of its own."""
    if "anyOf" in schema:
        return " | ".join(
            "None" if one.get("type") == "null" else _kind(one, schemas, kinds) for one in schema["anyOf"]
        )
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        kinds[name] = ", ".join(repr(value) for value in schemas[name]["enum"])
        return name
    return _PLAIN[schema["type"]]


def _address(path: str, within: list[str]) -> str:
    plain = path.removeprefix("/api/v1")
    return f"self.place({', '.join([repr(plain), *(f'{name}={name}' for name in within)])})" if within else repr(plain)


def _body(one: dict[str, Any]) -> tuple[str, str]:
    """The type of what is sent, and as what it is sent."""
    content = one.get("requestBody", {}).get("content", {})
    if "multipart/form-data" in content:
        return "Files", "files"
    return (_model(content["application/json"]["schema"]["$ref"]), "body") if content else ("", "")


def _answer(one: dict[str, Any]) -> str:
    schema = one.get("content", {}).get("application/json", {}).get("schema")
    if schema is None:
        return "None"
    return _model(schema["$ref"]) if "$ref" in schema else "Mapping[str, Any]"


def _model(reference: str) -> str:
    """The class behind a schema: the one that the server itself answers or asks by."""
    name = reference.rpartition("/")[2]
    if paged := re.fullmatch(r"(\w*Page)_(\w+)_", name):
        return f"models.{paged[1]}[{_model(paged[2])}]"
    plain, _, way = name.partition("-")
    places = (asking, models, checking) if way == "Input" else (models, asking, checking)
    found = next(place for place in places if hasattr(place, plain))
    return f"{found.__name__.rpartition('.')[2]}.{plain}"
