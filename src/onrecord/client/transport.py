"""Requests to a served desk: what is sent, what is kept so that it need not be sent again, and what is refused."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
from pydantic import BaseModel

from onrecord.errors import StoreError, UsageError

PREFIX = "/api/v1"
# A file by its path, or its name and its bytes.
Files = Sequence[Path | tuple[str, bytes]]
_PATIENCE_S = 60.0
_MOST_KEPT = 64


class ApiError(UsageError):
    """A request that the desk refused; `status` is HTTP's, `retry_s` says when to come back, where it does."""

    def __init__(self, line: str, status: int, retry_s: int | None = None) -> None:
        super().__init__(line)
        self.status = status
        self.retry_s = retry_s


class Transport:
    """A connection to one desk; close it, or use it in a `with` statement."""

    def __init__(self, address: str = "http://127.0.0.1:8710", token: str | None = None) -> None:
        """`address` is what `onrecord serve` prints, `token` one of `onrecord account token`."""
        self.address = address.rstrip("/")
        # A header of our own tells the desk that no page of another site sends this.
        headers = {"accept": "application/json", "x-requested-with": "onrecord"}
        if token is not None:
            headers["authorization"] = f"Bearer {token}"
        self._http = httpx.Client(headers=headers, timeout=_PATIENCE_S, trust_env=False)
        self._kept: OrderedDict[str, tuple[str, bytes]] = OrderedDict()

    def __enter__(self) -> Transport:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the connection."""
        self._http.close()

    def place(self, path: str, **parts: object) -> str:
        """A path with its parts filled in, each as one segment."""
        return path.format(**{name: quote(str(part), safe="") for name, part in parts.items()})

    def send(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, object] | None = None,
        body: BaseModel | None = None,
        files: Files | None = None,
    ) -> bytes:
        """The bytes of the answer.

        Raises ApiError with the desk's own line where it refuses, StoreError where no desk answers.
        """
        asked = {name: value for name, value in (query or {}).items() if value is not None}
        request = self._http.build_request(
            method,
            f"{self.address}{PREFIX}{path}",
            params={name: _told(value) for name, value in asked.items()},
            content=body.model_dump_json(exclude_unset=True) if body is not None else None,
            headers={"content-type": "application/json"} if body is not None else None,
            files=None if files is None else [("files", _file(one)) for one in files],
        )
        key = str(request.url)
        known = self._kept.get(key) if method == "GET" else None
        if known:
            request.headers["if-none-match"] = known[0]
        try:
            answer = self._http.send(request)
        except httpx.HTTPError as error:
            raise StoreError(
                f"no desk answers ({type(error).__name__}) · {self.address} · is it served? onrecord serve"
            ) from error
        if known and answer.status_code == httpx.codes.NOT_MODIFIED:
            self._kept.move_to_end(key)
            return known[1]
        if not answer.is_success:
            raise _refusal(answer)
        if method == "GET" and (tag := answer.headers.get("etag")):
            self._keep(key, tag, answer.content)
        return answer.content

    def plain(self, raw: bytes) -> Mapping[str, Any]:
        """An answer that has no model of its own."""
        told: Mapping[str, Any] = json.loads(raw)
        return told

    def _keep(self, key: str, tag: str, raw: bytes) -> None:
        self._kept[key] = (tag, raw)
        self._kept.move_to_end(key)
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)


def _told(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _file(one: Path | tuple[str, bytes]) -> tuple[str, bytes]:
    if isinstance(one, tuple):
        return one
    try:
        return one.name, one.read_bytes()
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise UsageError(f"cannot be read: {why} · {one} · name a file that is there") from error


def _refusal(answer: httpx.Response) -> ApiError:
    try:
        line = str(answer.json()["error"])
    except (ValueError, KeyError, TypeError):
        line = f"{answer.reason_phrase or 'no answer of a desk'} · {answer.url} · is it the address of a desk?"
    retry = answer.headers.get("retry-after", "")
    return ApiError(line, answer.status_code, int(retry) if retry.isdecimal() else None)
