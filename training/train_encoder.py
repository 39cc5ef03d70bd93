"""Tune the claim encoder on the reference stories: `python -m training.train_encoder SHARED BASE OUT [--fold K ...]`.

A batch is a story: its claims, and its statements with or without their source. Those that bear on one claim, on
whatever side, are drawn together and all others apart (supervised contrastive learning; Khosla et al., 2020). Writes
OUT/encoder.onnx; the stories of the folds named are left out.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import Tensor
from training.export_judge import pack
from training.linker_model import SentenceEncoder
from training.story_pairs import story_texts

LONGEST = 96
# Statements of a story in one batch; of the largest stories each epoch sees others.
MOST = 120
EPOCHS, RATE, TEMPERATURE = 3, 3e-5, 0.1

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class StoryTexts:
    """Claims and statements of a story, and which belong together.

    `whole` are the statements with their source and cue, `contents` without; `together` has the shape
    (claims + statements,) * 2.
    """

    claims: tuple[str, ...]
    whole: tuple[str, ...]
    contents: tuple[str, ...]
    together: Mask


def read_story_texts(folder: Path) -> StoryTexts:
    """The texts of a reference; the outer layer of a chain is left out."""
    gold, lefts, _ = story_texts(folder)
    texts = {one["id"]: (folder / one["file"]).read_text(encoding="utf-8") for one in gold["reports"]}
    kept = [one for one in gold["attributions"] if not one.get("outer_of")]
    held = [{member["attribution"] for member in claim["members"]} for claim in gold["claims"]]
    bears = np.array([[one["id"] in members for one in kept] for members in held], dtype=bool).reshape(-1, len(kept))
    size = len(held) + len(kept)
    together = np.zeros((size, size), dtype=bool)
    together[: len(held), len(held) :] = bears
    together[len(held) :, : len(held)] = bears.T
    together[len(held) :, len(held) :] = (bears.T.astype(int) @ bears.astype(int)) > 0
    np.fill_diagonal(together, False)
    return StoryTexts(
        claims=tuple(claim["text"] for claim in gold["claims"]),
        whole=tuple(lefts[one["id"]] for one in kept),
        contents=tuple(_words(texts[one["report"]], one["content"]) for one in kept),
        together=together,
    )


def _words(text: str, places: Sequence[Sequence[int]]) -> str:
    return " ".join(" ".join(text[start:end] for start, end in places).split())


def sampled(story: StoryTexts, chance: random.Random) -> tuple[list[str], Mask]:
    """A batch: all claims and up to MOST statements, each in either form."""
    rows = chance.sample(range(len(story.whole)), min(MOST, len(story.whole)))
    said = [(story.whole if chance.random() < 0.5 else story.contents)[row] for row in rows]
    places = [*range(len(story.claims)), *(len(story.claims) + row for row in rows)]
    return [*story.claims, *said], story.together[np.ix_(places, places)]


def tokens(tokenizer: Tokenizer, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
    """Padded ids and mask, each of shape (texts, tokens); a width of few kinds, each of which is planned anew."""
    rows = [one.ids[:LONGEST] for one in tokenizer.encode_batch(list(texts))]
    ids = torch.zeros(len(rows), -(-max(map(len, rows)) // 16) * 16, dtype=torch.long)
    mask = torch.zeros_like(ids)
    for number, row in enumerate(rows):
        ids[number, : len(row)] = torch.tensor(row)
        mask[number, : len(row)] = 1
    return ids, mask


def contrastive_loss(vectors: Tensor, together: Tensor) -> Tensor:
    """Mean negative log share of each text's companions among all others. Shape: (texts, width), (texts, texts)."""
    near = (vectors @ vectors.T / TEMPERATURE).masked_fill(torch.eye(len(vectors), dtype=torch.bool), -1e4)
    shares = near - torch.logsumexp(near, 1, keepdim=True)
    count = together.sum(1)
    each: Tensor = -(shares * together).sum(1)[count > 0] / count[count > 0]
    return each.mean()


def train(model: SentenceEncoder, tokenizer: Tokenizer, stories: list[StoryTexts], epochs: int, seed: int) -> None:
    """Some passes over the stories, with a warm-up and a linear decay."""
    chance = random.Random(seed)
    for table in (model.encoder.words, model.encoder.places):
        table.requires_grad_(False)
    optimizer = torch.optim.AdamW((one for one in model.parameters() if one.requires_grad), lr=RATE, weight_decay=0.01)
    steps, step, began = epochs * len(stories), 0, time.time()
    model.train()
    for epoch in range(epochs):
        chance.shuffle(stories)
        lost = 0.0
        for story in stories:
            step += 1
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(step / (0.1 * steps), 1.0) * max(0.0, 1 - step / steps)
            texts, together = sampled(story, chance)
            ids, mask = tokens(tokenizer, texts)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                vectors = model(ids, mask, torch.zeros_like(ids))
            loss = contrastive_loss(vectors.float(), torch.from_numpy(together))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            lost += loss.item()
        print(f"epoch {epoch + 1}/{epochs} loss {lost / len(stories):.3f} {time.time() - began:.0f} s", flush=True)


def main() -> None:
    """Read the command line, train and export."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("shared", type=Path)
    ask.add_argument("base", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--fold", type=int, nargs="*", default=[], help="leave the stories of these folds out")
    ask.add_argument("--epochs", type=int, default=EPOCHS)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--threads", type=int, default=2)
    told = ask.parse_args()
    # Room for the plans of all shapes of products; by default there is room for a tenth of them.
    os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "16384")
    torch.set_num_threads(told.threads)
    torch.manual_seed(told.seed)
    told.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(told.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    folds = json.loads(Path("benchmarks/folds.json").read_text(encoding="utf-8"))["folds"]
    names = [name for fold, some in enumerate(folds) if fold not in told.fold for name in some]
    model = SentenceEncoder(told.base / "model.safetensors")
    stories = [read_story_texts(told.shared / "stories" / name) for name in names]
    train(model, tokenizer, stories, told.epochs, told.seed)
    torch.save(model.state_dict(), told.out / "encoder.pt")
    pack(model, ["vector"], told.out / "encoder.onnx")
    (told.out / "encoder.fp32.onnx").unlink()
    print(f"written: {told.out / 'encoder.onnx'}", flush=True)


if __name__ == "__main__":
    main()
