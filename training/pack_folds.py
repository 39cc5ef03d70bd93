"""Put files of weights into the folders of the folds: `python -m training.pack_folds FOLDS_DIR K FILE...`.

FOLDS_DIR/K begins as the packed weights; each FILE takes the place of the one of its name, and its line in the
manifest with it. A FILE may be given as FILE.onnx:ABOUT.json, a JSON object to put into its line.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from importlib.resources import files
from pathlib import Path
from typing import Any

from onrecord.weights.manifest import MANIFEST

Row = dict[str, Any]


def entry(path: Path, about: Row) -> Row:
    """A file's line in the manifest."""
    data = path.read_bytes()
    return {"name": path.name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest(), **about}


def begin(target: Path) -> None:
    """Fill a folder with the packed weights, if it has no manifest yet."""
    if (target / MANIFEST).exists():
        return
    packed = Path(str(files("onrecord") / "weights"))
    target.mkdir(parents=True, exist_ok=True)
    for row in json.loads((packed / MANIFEST).read_text(encoding="utf-8"))["files"]:
        shutil.copyfile(packed / row["name"], target / row["name"])
    shutil.copyfile(packed / MANIFEST, target / MANIFEST)


def replace(target: Path, path: Path, about: Row) -> None:
    """Copy a file into a folder of weights and write its line, what is told of it kept but for `about`."""
    shutil.copyfile(path, target / path.name)
    manifest = target / MANIFEST
    rows: list[Row] = json.loads(manifest.read_text(encoding="utf-8"))["files"]
    old = next((row for row in rows if row["name"] == path.name), {})
    row = {**old, **about, **entry(target / path.name, {})}
    rows = sorted([*(one for one in rows if one["name"] != path.name), row], key=lambda one: str(one["name"]))
    text = json.dumps({"files": rows}, indent=1, ensure_ascii=False) + "\n"
    # Another program may read the manifest meanwhile: it sees the old one or the new one.
    part = manifest.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(manifest)


def main() -> None:
    """Read the command line and pack."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folds", type=Path)
    parser.add_argument("fold")
    parser.add_argument("files", nargs="+")
    told = parser.parse_args()
    target = told.folds / told.fold
    begin(target)
    for one in told.files:
        name, _, about = one.partition(":")
        replace(target, Path(name), json.loads(Path(about).read_text(encoding="utf-8")) if about else {})


if __name__ == "__main__":
    main()
