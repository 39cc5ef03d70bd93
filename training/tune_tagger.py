"""Go on training a tagger on the reference stories, with the news it was trained on beside them.

    python -m training.tune_tagger TRAIN.jsonl STORIES.jsonl TOKENIZER_DIR OUT BEGIN.pt [--without FOLD...]

Each epoch holds all stories (those of `training.story_data`) but those of some folds, some articles of TRAIN, and some
invented texts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Collection
from dataclasses import asdict
from functools import partial
from pathlib import Path

import numpy as np
import torch
from training.tagger_augment import rewritten
from training.tagger_data import Batch, Labelled, Labeller, batch, read_examples, reporting_words
from training.tagger_edits import Example
from training.tagger_model import load_weights
from training.tagger_templates import invented
from training.train_tagger import Settings, label_losses, load_tokenizer, train


def story_examples(path: Path, without: Collection[int]) -> tuple[Example, ...]:
    """The reports of all stories but those of some folds."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    kept = [number for number, row in enumerate(rows) if row["fold"] not in without]
    examples = read_examples(path)
    return tuple(examples[number] for number in kept)


def mixed_batches(
    sets: tuple[tuple[Example, ...], tuple[Example, ...]], counts: tuple[int, int], labeller: Labeller,
    settings: Settings, epoch: int,
) -> list[Batch]:  # fmt: skip
    """All stories of an epoch with `counts` articles and invented texts, in batches of windows of near length."""
    stories, news = sets
    chance = random.Random(settings.seed * 1000 + epoch)
    chosen = [*chance.sample(news, min(counts[0], len(news))), *invented(chance)[: counts[1]]]
    windows: list[Labelled] = []
    for example in (*stories, *chosen):
        windows += labeller.windows(rewritten(example, chance, settings.strength), chance)
    windows.sort(key=lambda w: len(w.ids) + chance.uniform(0, 24))
    batches = [batch(windows[at : at + settings.size]) for at in range(0, len(windows), settings.size)]
    chance.shuffle(batches)
    return batches


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("stories", type=Path)
    parser.add_argument("base", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("begin", type=Path, nargs="+")
    parser.add_argument("--without", type=int, nargs="*", default=(), help="folds whose stories are left out")
    parser.add_argument("--epochs", type=float, default=4.0)
    parser.add_argument("--news", type=int, default=90, help="articles an epoch")
    parser.add_argument("--invented", type=int, default=130, help="invented texts an epoch")
    parser.add_argument("--encoder-rate", type=float, default=1.5e-4)
    parser.add_argument("--head-rate", type=float, default=4e-4)
    parser.add_argument("--frozen", type=int, default=2, help="first layers of the encoder that stay as they are")
    parser.add_argument("--strength", type=float, default=0.6)
    parser.add_argument("--decay", type=float, default=0.99)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=23)
    told = parser.parse_args()
    settings = Settings(epochs=told.epochs, size=8, seed=told.seed, encoder_rate=told.encoder_rate,
                        head_rate=told.head_rate, strength=told.strength, decay=told.decay, threads=told.threads,
                        minutes=0.0, cue=1.0)  # fmt: skip
    told.out.mkdir(parents=True, exist_ok=True)
    data = {name: hashlib.sha256(getattr(told, name).read_bytes()).hexdigest() for name in ("train", "stories")}
    more = {name: getattr(told, name) for name in ("news", "invented", "without", "frozen")}
    row = {**asdict(settings), **more, "data": data}
    (told.out / "settings.json").write_text(json.dumps(row))
    np.random.seed(told.seed)
    torch.manual_seed(told.seed)
    torch.set_num_threads(told.threads)
    news = read_examples(told.train)
    labeller = Labeller(load_tokenizer(told.base), reporting_words(news))
    model = load_weights(told.begin)
    model.encoder.freeze(told.frozen)
    sets = story_examples(told.stories, told.without), news
    batches = partial(mixed_batches, sets, (told.news, told.invented), labeller, settings)
    train(batches, (model, partial(label_losses, weight=settings.cue)), told.out, settings)


if __name__ == "__main__":
    main()
