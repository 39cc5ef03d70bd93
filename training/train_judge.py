"""Train the pair judge, entailment first, then the news: `python -m training.train_judge CROSS BASE OUT`."""

from __future__ import annotations

import argparse
import math
import random
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor
from training.judge_data import Pair, entailment_pairs, fold_of, stance_pairs
from training.judge_model import JudgeModel
from training.train_tagger import BASE_SHA256, checked, load_tokenizer

LONGEST = 288
TOKENS_A_BATCH = 3072


def encode(pairs: list[Pair], tokenizer: Tokenizer) -> list[tuple[list[int], list[int], Pair]]:
    """Token numbers and segment numbers of each pair, cut on the right to LONGEST tokens."""
    tokenizer.enable_truncation(LONGEST, strategy="only_second")
    found = tokenizer.encode_batch([(pair.left, pair.right) for pair in pairs])
    tokenizer.no_truncation()
    return [(one.ids, one.type_ids, pair) for one, pair in zip(found, pairs, strict=True)]


def batches(rows: list[tuple[list[int], list[int], Pair]], chance: random.Random) -> list[list[int]]:
    """Row numbers in batches of near length and one head each, shuffled."""
    order = sorted(range(len(rows)), key=lambda n: (rows[n][2].head, len(rows[n][0]) + chance.random() * 8))
    found: list[list[int]] = []
    for number in order:
        last = found[-1] if found else None
        fits = last is not None and rows[last[0]][2].head == rows[number][2].head
        if last is not None and fits and (len(last) + 1) * len(rows[number][0]) <= TOKENS_A_BATCH and len(last) < 48:
            last.append(number)
        else:
            found.append([number])
    chance.shuffle(found)
    return found


def tensors(rows: list[tuple[list[int], list[int], Pair]]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Padded ids, mask, kinds (pairs, tokens) and labels (pairs,)."""
    width = max(len(ids) for ids, _, _ in rows)
    ids = torch.zeros(len(rows), width, dtype=torch.long)
    mask, kinds = torch.zeros_like(ids), torch.zeros_like(ids)
    for number, (tokens, types, _) in enumerate(rows):
        ids[number, : len(tokens)] = torch.tensor(tokens)
        kinds[number, : len(types)] = torch.tensor(types)
        mask[number, : len(tokens)] = 1
    return ids, mask, kinds, torch.tensor([pair.label for _, _, pair in rows])


def macro_f1(model: JudgeModel, rows: list[tuple[list[int], list[int], Pair]]) -> tuple[float, list[float], float]:
    """Macro F1 over the labels that occur, F1 of each label, accuracy."""
    model.eval()
    counts: dict[int, list[int]] = {}
    right = 0
    with torch.no_grad():
        for group in batches(rows, random.Random(0)):
            ids, mask, kinds, labels = tensors([rows[number] for number in group])
            logits = model(ids, mask, kinds)[rows[group[0]][2].head]
            for told, label in zip(logits.argmax(-1).tolist(), labels.tolist(), strict=True):
                right += told == label
                for one, place in ((told, 1), (label, 2)):
                    counts.setdefault(one, [0, 0, 0])[place] += 1
                if told == label:
                    counts[label][0] += 1
    model.train()
    scores = [2 * hit / max(1, told + held) for hit, told, held in (counts[label] for label in sorted(counts))]
    return sum(scores) / max(1, len(scores)), scores, right / max(1, len(rows))


def figures(model: JudgeModel, rows: list[tuple[list[int], list[int], Pair]]) -> str:
    """The scores of some rows as one line."""
    macro, by_label, accuracy = macro_f1(model, rows)
    shown = " ".join(f"{score:.3f}" for score in by_label)
    return f"macro F1 {macro:.3f}, by label {shown}, accuracy {accuracy:.3f}"


def train(model: JudgeModel, stage: str, epochs: list[list[tuple[list[int], list[int], Pair]]], rate: float) -> None:
    """One pass over each epoch's rows with warm-up and linear decay; class weights are the square roots of rarity."""
    chance = random.Random(7)
    plan = [(rows, group) for rows in epochs for group in batches(rows, chance)]
    encoder = [p for name, p in model.encoder.named_parameters() if "embeddings" not in name]
    for name, parameter in model.encoder.named_parameters():
        parameter.requires_grad = "embeddings" not in name
    heads = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": rate}, {"params": heads, "lr": rate * 6}], weight_decay=0.01, fused=True
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min(1.0, (n + 1) / (0.06 * len(plan))) * max(0.0, 1 - n / len(plan))
    )
    weights = {head: _class_weights([row for rows in epochs[:1] for row in rows], head) for head in (0, 1)}
    started, seen, loss_sum = time.time(), 0, 0.0
    for step, (rows, group) in enumerate(plan, 1):
        ids, mask, kinds, labels = tensors([rows[number] for number in group])
        head = rows[group[0]][2].head
        loss = F.cross_entropy(model(ids, mask, kinds)[head], labels, weight=weights[head], label_smoothing=0.03)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        seen, loss_sum = seen + ids.numel(), loss_sum + float(loss.detach())
        if step % 40 == 0 or step == len(plan):
            rated = seen / (time.time() - started)
            print(f"{stage} {step}/{len(plan)} loss {loss_sum / min(step, 40):.3f} tokens/s {rated:.0f}", flush=True)
            loss_sum = 0.0


def _class_weights(rows: list[tuple[list[int], list[int], Pair]], head: int) -> Tensor | None:
    labels = [pair.label for _, _, pair in rows if pair.head == head]
    if not labels:
        return None
    size = 3 if head == 0 else 4
    raw = [math.sqrt(len(labels) / (size * max(1, labels.count(label)))) for label in range(size)]
    return torch.tensor(raw)


def main() -> None:
    """Train both stages and keep the weights after each, with figures on what was held out."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("cross", type=Path)
    ask.add_argument("base", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--fold", type=int, default=0, help="the fold of claims held out; -1 for none")
    ask.add_argument("--news-epochs", type=int, default=4)
    ask.add_argument("--threads", type=int, default=1)
    told = ask.parse_args()
    torch.manual_seed(7)
    torch.set_num_threads(told.threads)
    told.out.mkdir(parents=True, exist_ok=True)
    checked(told.base / "model.safetensors", BASE_SHA256)
    tokenizer = load_tokenizer(told.base)
    model = JudgeModel(told.base).train()
    pairs = encode(entailment_pairs(told.cross, "train"), tokenizer)
    held = encode(entailment_pairs(told.cross, "dev"), tokenizer)
    first = told.out / "entailment.pt"
    if first.exists():
        model.load_state_dict(torch.load(first, weights_only=True))
    else:
        train(model, "entailment", [pairs], 1.2e-4)
        torch.save(model.state_dict(), first)
    print("entailment dev:", figures(model, held), flush=True)
    reports, heads = stance_pairs(told.cross / "claim_clusters" / "open.jsonl")
    news = [pair for pair in reports if fold_of(pair.group) != told.fold]
    short = [pair for pair in heads if fold_of(pair.group) != told.fold]
    test = encode([p for p in reports if fold_of(p.group) == told.fold and p.label != 3], tokenizer)
    rows, short_rows = encode(news, tokenizer), encode(short, tokenizer)
    chance = random.Random(3)
    epochs = [[*rows, *short_rows, *chance.sample(pairs, 1500)] for _ in range(told.news_epochs)]
    train(model, "news", epochs, 9e-5)
    torch.save(model.state_dict(), told.out / "news.pt")
    if test:
        print("held-out claims:", figures(model, test), flush=True)
    print("entailment dev:", figures(model, held), flush=True)


if __name__ == "__main__":
    main()
