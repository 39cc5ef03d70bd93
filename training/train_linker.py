"""Train the linker's judge: `python -m training.train_linker SHARED BASE OUT --stage base|stories [--fold K ...]`.

Stage `base`: entailment pairs and labelled statement pairs of stories that are no reference story. Stage `stories`: the
reference stories but those of the folds named, with their labelled pairs, from the weights of `base` (`--start FILE`).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor
from training.invented_stories import invented_stories
from training.linker_model import LinkerModel, SentenceEncoder, load_base
from training.story_pairs import (
    DENIES,
    SILENT,
    Row,
    labelled_rows,
    negated_rows,
    read_bodies,
    story_rows,
    story_texts,
    titles,
)

LONGEST, LONGEST_LEFT = 80, 36
TOKENS_A_BATCH = 2560
WEIGHT_OF_DENIALS = 1.5
NLI_OF_EPOCH = 12000
NEGATED_OF_EPOCH = 1200
FROZEN = 2
NLI = ("entailment", "neutral", "contradiction")

Encoded = tuple[list[int], list[int], Row]


def encode(rows: list[Row], tokenizer: Tokenizer) -> list[Encoded]:
    """Token numbers and segments of each pair: the left side cut to LONGEST_LEFT, the whole to LONGEST tokens."""
    tokenizer.no_truncation()
    lefts = tokenizer.encode_batch([row.left for row in rows], add_special_tokens=False)
    rights = tokenizer.encode_batch([row.right for row in rows], add_special_tokens=False)
    start, end = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    found = []
    for left, right, row in zip(lefts, rights, rows, strict=True):
        ours = [start, *left.ids[:LONGEST_LEFT], end]
        theirs = [*right.ids[: LONGEST - len(ours) - 1], end]
        found.append(([*ours, *theirs], [0] * len(ours) + [1] * len(theirs), row))
    return found


def width_of(row: Encoded) -> int:
    """Tokens of a row with its padding: shapes are few, since a processor plans each new one anew."""
    return -(-len(row[0]) // 16) * 16


def batches(rows: list[Encoded], chance: random.Random) -> list[list[int]]:
    """Row numbers in shuffled batches of one width, size and head; the last of a kind repeats rows."""
    kinds: dict[tuple[int, int], list[int]] = {}
    for number, row in enumerate(rows):
        kinds.setdefault((row[2].head, width_of(row)), []).append(number)
    found: list[list[int]] = []
    for (_, width), numbers in sorted(kinds.items()):
        chance.shuffle(numbers)
        size = max(8, TOKENS_A_BATCH // width // 8 * 8)
        for start in range(0, len(numbers), size):
            picked = numbers[start : start + size]
            found.append(picked + [picked[n % len(picked)] for n in range(size - len(picked))])
    chance.shuffle(found)
    return found


def tensors(rows: list[Encoded]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Padded ids, mask, kinds (pairs, tokens) and labels (pairs,)."""
    width = max(map(width_of, rows))
    ids = torch.zeros(len(rows), width, dtype=torch.long)
    mask, kinds = torch.zeros_like(ids), torch.zeros_like(ids)
    for number, (tokens, types, _) in enumerate(rows):
        ids[number, : len(tokens)] = torch.tensor(tokens)
        kinds[number, : len(types)] = torch.tensor(types)
        mask[number, : len(tokens)] = 1
    return ids, mask, kinds, torch.tensor([row.label for _, _, row in rows])


def train(model: LinkerModel, rows_of_epoch: list[list[Encoded]], rate: float, seed: int) -> None:
    """One pass over each list of rows, with a warm-up and a linear decay."""
    chance = random.Random(seed)
    plans = [batches(rows, chance) for rows in rows_of_epoch]
    steps = sum(map(len, plans))
    decayed = [p for n, p in model.named_parameters() if p.requires_grad and p.dim() > 1]
    others = [p for n, p in model.named_parameters() if p.requires_grad and p.dim() <= 1]
    heads = {id(p) for part in (model.mix, model.entailment, model.bearing) for p in part.parameters()}
    groups = [
        {"params": [p for p in decayed if id(p) not in heads], "weight_decay": 0.01, "scale": 1.0},
        {"params": [p for p in others if id(p) not in heads], "weight_decay": 0.0, "scale": 1.0},
        {"params": [p for p in (*decayed, *others) if id(p) in heads], "weight_decay": 0.01, "scale": 4.0},
    ]
    optimizer = torch.optim.AdamW(groups, lr=rate, fused=True)
    weight = torch.ones(4)
    weight[DENIES] = WEIGHT_OF_DENIALS
    step, began, lost = 0, time.time(), 0.0
    for rows, plan in zip(rows_of_epoch, plans, strict=True):
        for group in plan:
            step += 1
            share = min(step / (0.08 * steps), 1.0) * max(0.0, 1 - step / steps)
            for one in optimizer.param_groups:
                one["lr"] = rate * one["scale"] * share
            picked = [rows[number] for number in group]
            ids, mask, kinds, labels = tensors(picked)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = model(ids, mask, kinds)[picked[0][2].head]
            loss = F.cross_entropy(logits.float(), labels, weight if picked[0][2].head else None, label_smoothing=0.05)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            lost += loss.item()
            if step % 100 == 0:
                print(f"step {step}/{steps} loss {lost / 100:.3f} {time.time() - began:.0f} s", flush=True)
                lost = 0.0


def predict(model: LinkerModel, rows: list[Encoded], head: int = 1) -> np.ndarray:
    """Logits of each row. Shape: (rows, labels)."""
    model.eval()
    found = np.zeros((len(rows), 4 if head else 3), dtype=np.float32)
    with torch.no_grad():
        for group in batches(rows, random.Random(0)):
            ids, mask, kinds, _ = tensors([rows[number] for number in group])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                found[group] = model(ids, mask, kinds)[head].float().numpy()
    model.train()
    return found


def nearest(encoder: SentenceEncoder, tokenizer: Tokenizer, folder: Path) -> dict[str, list[str]]:
    """For each claim's text and each attribution of a story its attributions by cosine, nearest first."""
    gold, lefts, _ = story_texts(folder)
    idents = list(lefts)
    held = encoder.encode(tokenizer, [lefts[ident] for ident in idents])
    asked = [*(claim["text"] for claim in gold["claims"])]
    vectors = encoder.encode(tokenizer, asked)
    found = {}
    for name, vector in [*zip(asked, vectors, strict=True), *zip(idents, held, strict=True)]:
        found[name] = [idents[n] for n in np.argsort(-(held @ vector), kind="stable") if idents[n] != name]
    return found


def main() -> None:
    """Train one stage and write its weights."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("shared", type=Path)
    ask.add_argument("base", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--stage", choices=["base", "stories"], required=True)
    ask.add_argument("--fold", type=int, nargs="*", default=[], help="leave the stories of these folds out")
    ask.add_argument("--start", type=Path)
    ask.add_argument("--epochs", type=int, default=2)
    ask.add_argument("--rate", type=float, default=4e-5)
    ask.add_argument("--seed", type=int, default=7)
    ask.add_argument("--threads", type=int, default=2)
    told = ask.parse_args()
    # Room for the plans of all shapes of products; by default there is room for a tenth of them.
    os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "16384")
    torch.set_num_threads(told.threads)
    torch.manual_seed(told.seed)
    chance = random.Random(told.seed)
    told.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(told.base / "tokenizer.json"))
    tokenizer.no_padding()
    model = LinkerModel()
    load_base(model.encoder, told.base / "model.safetensors")
    if told.start:
        model.load_state_dict(torch.load(told.start, weights_only=True))
    for table in (model.encoder.words, model.encoder.places):
        table.requires_grad_(False)
    # The lower layers read words; the few stories have nothing to teach them.
    for layer in model.encoder.layers[: FROZEN if told.stage == "stories" else 0]:
        layer.requires_grad_(False)
    stories = told.shared / "stories"
    known = titles(stories)
    cross = told.shared / "data/cross"
    labelled = list(
        labelled_rows(cross / "statement_pairs/open.jsonl", read_bodies(cross / "claim_clusters/open.jsonl"))
    )
    if told.stage == "base":
        rows = [row for row in labelled if row.story not in known]
        nli = []
        for name in ("openie_train", "sick_train"):
            for line in (cross / f"nli_small/{name}.jsonl").open(encoding="utf-8"):
                one = json.loads(line)
                nli.append(Row(one["hypothesis"], one["premise"], 0, NLI.index(one["label"])))
        epochs = [encode([*chance.sample(nli, NLI_OF_EPOCH), *rows], tokenizer) for _ in range(told.epochs)]
    else:
        folds = json.loads(Path("benchmarks/folds.json").read_text(encoding="utf-8"))["folds"]
        out = {name for fold in told.fold for name in folds[fold]}
        names = [name for fold in folds for name in fold if name not in out]
        encoder = SentenceEncoder(told.base / "model.safetensors")
        folders = [*(stories / name for name in names), *invented_stories()]
        near = {folder: nearest(encoder, tokenizer, folder) for folder in folders}
        also = [row for row in labelled if known.get(row.story, "") in names]
        negated = negated_rows(cross / "nli_small")
        epochs = []
        for _ in range(told.epochs):
            rows = [row for folder in folders for row in story_rows(folder, near[folder], chance)]
            rows.extend(chance.sample(negated, NEGATED_OF_EPOCH))
            epochs.append(encode([*rows, *also], tokenizer))
    counts = [sum(row[2].label == n and row[2].head == 1 for row in epochs[0]) for n in range(4)]
    tokens = sum(len(row[0]) for row in epochs[0])
    print(f"{len(epochs[0])} rows an epoch, labels {counts}, {tokens} tokens; silent {counts[SILENT]}", flush=True)
    model.train()
    train(model, epochs, told.rate, told.seed)
    torch.save(model.state_dict(), told.out / "model.pt")
    print(f"written: {told.out / 'model.pt'}", flush=True)


if __name__ == "__main__":
    main()
