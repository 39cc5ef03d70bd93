"""Put exported tagger files beside the package's weights: `python -m training.pack_tagger EXPORTED RUN_DIR TARGET`."""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

from training.pack_folds import entry
from training.train_tagger import BASE_SHA256, TOKENIZER_SHA256

from onrecord.tagging.labels import CUE_TAGS, ROLE_TAGS
from onrecord.tagging.neural import ENCODER, ROLES, VOCABULARY
from onrecord.weights.manifest import MANIFEST

Row = dict[str, Any]


def pack(exported: Path, run: Path, target: Path) -> None:
    """Copy the three files and write their lines; other models' lines stay as they are."""
    told: Row = json.loads((exported / "decoding.json").read_text(encoding="utf-8"))
    settings: Row = json.loads((run / "settings.json").read_text(encoding="utf-8"))
    base = {"name": "all-MiniLM-L6-v2", "licence": "Apache-2.0", "sha256": BASE_SHA256}
    about: dict[str, Row] = {
        ENCODER: {
            "about": "attribution tagger: cues and states of word pieces, int8",
            "base": base,
            "data": {"name": "PolNeAR, training part", "sha256": settings.pop("data")},
            "labels": {"cue": CUE_TAGS, "role": ROLE_TAGS},
            "settings": settings,
            "metrics": told["metrics"],
            "decoding": told["decoding"],
        },
        ROLES: {"about": "attribution tagger: source and content of one cue, int8"},
        VOCABULARY: {"about": "attribution tagger: word pieces", "base": {**base, "sha256": TOKENIZER_SHA256}},
    }
    target.mkdir(parents=True, exist_ok=True)
    for name in about:
        shutil.copy(exported / name, target / name)
    manifest = target / MANIFEST
    rows: list[Row] = json.loads(manifest.read_text(encoding="utf-8"))["files"] if manifest.exists() else []
    rows = [row for row in rows if row["name"] not in about] + [entry(target / name, about[name]) for name in about]
    rows.sort(key=lambda row: str(row["name"]))
    manifest.write_text(json.dumps({"files": rows}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    """Read the command line and pack."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("exported", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("target", type=Path)
    told = parser.parse_args()
    pack(told.exported, told.run, told.target)


if __name__ == "__main__":
    main()
