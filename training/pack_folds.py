"""Put files into folders of weights: `python -m training.pack_folds FOLDS FOLD FILE… [--drop NAME …]`.

FOLDS/FOLD becomes a whole folder of weights: what it lacks is copied from the packed weights, the named files replace
those of the same name (`PATH=NAME` gives another), and its manifest.json tells their sizes and hashes. FOLD may be `.`
for FOLDS itself.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

PACKED = Path("src/onrecord/weights")
MANIFEST = "manifest.json"


def put(folder: Path, files: dict[str, Path], drop: tuple[str, ...] = (), about: dict[str, Any] | None = None) -> None:
    """Write files by name into a folder of weights and bring its manifest up to date."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / MANIFEST).exists():
        shutil.copy(PACKED / MANIFEST, folder / MANIFEST)
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    rows = {row["name"]: row for row in manifest["files"] if row["name"] not in drop}
    for name, path in files.items():
        if path.resolve() != (folder / name).resolve():
            (folder / name).unlink(missing_ok=True)
            shutil.copy(path, folder / name)
        rows.setdefault(name, {"name": name}).update(about or {})
    for name, row in rows.items():
        if not (folder / name).exists():
            shutil.copy(PACKED / name, folder / name)
        raw = (folder / name).read_bytes()
        row.update(bytes=len(raw), sha256=hashlib.sha256(raw).hexdigest())
    manifest["files"] = list(rows.values())
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    """Read the command line and put the files."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folds", type=Path)
    ask.add_argument("fold")
    ask.add_argument("files", nargs="*")
    ask.add_argument("--drop", nargs="*", default=[])
    told = ask.parse_args()
    files = {}
    for one in told.files:
        path, _, name = one.partition("=")
        files[name or Path(path).name] = Path(path)
    put(told.folds / told.fold, files, tuple(told.drop))


if __name__ == "__main__":
    main()
