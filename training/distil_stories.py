"""Distil two taggers, the packed one as tuned on stories and a larger one, into the packed one's shape.

    python -m training.distil_stories TRAIN.jsonl STORIES.jsonl TOKENIZER_DIR MPNET_DIR OUT TUNED.pt TEACHER.pt
        NEWS.jsonl... [--without FOLD...]

What the two say on average (knowledge distillation from an ensemble: Hinton et al., 2015) is learned on the stories,
with their labels beside it, and on articles that nobody labelled; those which share words with a reference story are
left out. Labels of the articles are kept in OUT, so that an interrupted run goes on.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor
from training.label_news import line, texts
from training.tagger_augment import rewritten
from training.tagger_data import IGNORED, Batch, Labelled, Labeller, batch, read_examples, reporting_words
from training.tagger_edits import Example
from training.tagger_model import Tagger, load_weights
from training.tagger_teacher import load_teacher
from training.train_tagger import Losses, Settings, labelled_roles, load_tokenizer, train, with_wrong_cues
from training.tune_tagger import mixed_batches, story_examples

from onrecord.tagging.neural import NeuralTagger
from onrecord.weights.manifest import packed_weights

SHARED = 0.02  # of an article's runs of eight words, above which it tells of a story's event in a story's words
LONGEST = 3000  # characters of an article that are read
LEAST_CUE = 0.2  # chance from which a word is asked about as a cue in an article
HARD = 0.3  # weight of the reference's labels against those of the teachers


def runs(text: str, size: int = 8) -> frozenset[tuple[str, ...]]:
    """All runs of so many words."""
    split = text.lower().split()
    return frozenset(tuple(split[at : at + size]) for at in range(len(split) - size + 1))


def chosen_articles(paths: Sequence[Path], stories: Iterable[str], most: int, chance: random.Random) -> list[str]:
    """At most so many articles, each file's in the share of its texts, none in the words of a story."""
    known = frozenset[tuple[str, ...]]().union(*(runs(story) for story in stories))
    kept = []
    for path in paths:
        for text in dict.fromkeys(text for text in texts([path]) if len(text) >= 400):
            own = runs(text)
            if own and len(own & known) <= SHARED * len(own):
                kept.append(shortened(text))
    chance.shuffle(kept)
    return kept[:most]


def shortened(text: str) -> str:
    """The paragraphs within `LONGEST` characters."""
    if len(text) <= LONGEST:
        return text
    end = text.rfind("\n", LONGEST // 3, LONGEST)
    return text[: end if end > 0 else LONGEST]


@dataclass(frozen=True)
class Mean:
    """Several networks as one: mean log chances of labels, mean logits of verdicts; their states side by side."""

    networks: tuple[Tagger, ...]

    def encoder(self, inputs: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray]:
        """What the session of the encoder gives."""
        text = torch.from_numpy(inputs["ids"]), torch.from_numpy(inputs["features"])
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            each = [network.encode(*text, None) for network in self.networks]
        cues = torch.stack([cue.float().log_softmax(-1) for cue, _ in each]).mean(0)
        return cues.numpy(), torch.cat([states.float() for _, states in each], -1).numpy()

    def roles(self, inputs: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray]:
        """What the session of the roles gives."""
        about = [torch.from_numpy(inputs[name]) for name in ("within", "distance", "mask")]
        states = torch.from_numpy(inputs["states"]).chunk(len(self.networks), -1)
        with torch.no_grad():
            each = [
                network.roles(part.contiguous(), *about) for network, part in zip(self.networks, states, strict=True)
            ]
        labels = torch.stack([label.log_softmax(-1) for label, _ in each]).mean(0)
        return labels.numpy(), torch.stack([verdict for _, verdict in each]).mean(0).numpy()


@dataclass(frozen=True)
class _Session:
    """A function in the place of an ONNX session."""

    function: Any

    def run(self, _: object, inputs: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray]:
        """Its outputs."""
        found: tuple[np.ndarray, np.ndarray] = self.function(inputs)
        return found


def tagger_of(networks: Sequence[Tagger], least_cue: float | None = None) -> NeuralTagger:
    """A tagger whose network is the mean of some."""
    mean, tagger = Mean(tuple(networks)), NeuralTagger.load(packed_weights(), threads=2)
    tagger._encoder, tagger._roles = _Session(mean.encoder), _Session(mean.roles)
    if least_cue is not None:
        tagger._decoding = replace(tagger._decoding, least_cue=least_cue)
    return tagger


def labelled_articles(networks: Sequence[Tagger], articles: Iterable[str]) -> Iterator[str]:
    """Articles with all that may be an attribution, as training data has them."""
    for text, candidates in tagger_of(networks, LEAST_CUE).candidates(articles):
        yield line(text, [one for one in candidates if one.content])


def unlabelled(window: Labelled) -> Labelled:
    """A window without labels: where its cues may be is told, all else the teachers tell."""
    targets = tuple(replace(target, roles=None) for target in window.targets)
    return replace(window, cues=np.full_like(window.cues, IGNORED), targets=targets)


def article_batches(
    articles: Sequence[Example], count: int, labeller: Labeller, settings: Settings, epoch: int
) -> list[Batch]:  # fmt: skip
    """So many articles of an epoch without labels, in batches of windows of near length."""
    chance = random.Random(settings.seed * 1000 + epoch)
    windows: list[Labelled] = []
    for example in chance.sample(articles, min(count, len(articles))):
        windows += [unlabelled(one) for one in labeller.windows(rewritten(example, chance, 0.4), chance)]
    windows.sort(key=lambda window: len(window.ids) + chance.uniform(0, 24))
    return [batch(windows[at : at + settings.size]) for at in range(0, len(windows), settings.size)]


def ensemble_losses(teachers: Sequence[Tagger]) -> Losses:
    """Summed losses against what some networks say on average, and against the labels where there are any."""

    def losses(model: Tagger, data: dict[str, Tensor]) -> dict[str, Tensor]:
        text = data["ids"], data["features"], data["mask"]
        real = data["mask"] > 0
        with torch.no_grad():
            taught = [teacher.encode(*text) for teacher in teachers]
            cues = torch.stack([cue.float().log_softmax(-1) for cue, _ in taught]).mean(0)
        logits, states = (one.float() for one in model.encode(*text))
        labelled = bool((data["cues"][:, 1:3] != IGNORED).any())
        hard = HARD if labelled else 0.0
        found = {"cue": 1.5 * (1 - hard) * _divergence(logits[real], cues[real])}
        if labelled:
            wrong = F.cross_entropy(logits.flatten(0, 1), data["cues"].flatten(), ignore_index=IGNORED, reduction="sum")
            found["cue"] = found["cue"] + 1.5 * hard * wrong
            data = with_wrong_cues(cues, data)
        else:
            data = {**data, "real": torch.ones(len(data["row"]))}
        if not len(data["row"]):
            return found
        with torch.no_grad():
            each = [
                labelled_roles(teacher, own.float(), data) for teacher, (_, own) in zip(teachers, taught, strict=True)
            ]
        roles = torch.stack([role.log_softmax(-1) for role, _ in each]).mean(0)
        verdicts = torch.stack([verdict for _, verdict in each]).mean(0)
        return {**found, **_role_losses(labelled_roles(model, states, data), (roles, verdicts), data, hard)}

    return losses


def _divergence(logits: Tensor, taught: Tensor) -> Tensor:
    return F.kl_div(logits.log_softmax(-1), taught.log_softmax(-1), reduction="sum", log_target=True)


def _role_losses(
    own: tuple[Tensor, Tensor], taught: tuple[Tensor, Tensor], data: dict[str, Tensor], hard: float
) -> dict[str, Tensor]:
    seen = data["region_mask"] > 0
    role = F.cross_entropy(own[0].transpose(1, 2), data["roles"], ignore_index=IGNORED, reduction="sum")
    gaps = F.kl_div(own[0].log_softmax(-1)[seen], taught[0].log_softmax(-1)[seen], reduction="none", log_target=True)
    likely = taught[1][:, 0].sigmoid()[:, None].expand(seen.shape)[seen]
    verdicts = torch.stack([data["real"], data["speech"].float()], 1)
    verdicts = hard * verdicts + (1 - hard) * taught[1].sigmoid()
    weight = torch.stack([torch.ones_like(data["real"]), 0.3 * data["real"]], 1)
    return {
        "role": 0.5 * (hard * role + (1 - hard) * (gaps.sum(-1) * likely).sum()),
        "verdict": F.binary_cross_entropy_with_logits(own[1], verdicts, weight=weight, reduction="sum"),
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("train", "stories", "base", "mpnet", "out", "tuned", "teacher"):
        parser.add_argument(name, type=Path)
    parser.add_argument("articles", type=Path, nargs="+")
    parser.add_argument("--without", type=int, nargs="*", default=(), help="folds whose stories are left out")
    parser.add_argument("--epochs", type=float, default=3.0)
    parser.add_argument("--most", type=int, default=500, help="articles that are labelled")
    parser.add_argument("--an-epoch", type=int, default=330, help="of them an epoch")
    parser.add_argument("--news", type=int, default=130, help="articles of TRAIN an epoch")
    parser.add_argument("--invented", type=int, default=100, help="invented texts an epoch")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=31)
    return parser


def main() -> None:
    """Read the command line, label and distil."""
    given = _parser().parse_args()
    settings = Settings(epochs=given.epochs, size=8, seed=given.seed, encoder_rate=2e-4, head_rate=5e-4, strength=0.6,
                        decay=0.99, threads=given.threads, minutes=0.0, cue=1.0)  # fmt: skip
    given.out.mkdir(parents=True, exist_ok=True)
    np.random.seed(given.seed)
    torch.manual_seed(given.seed)
    own = load_tokenizer(given.base)
    teachers = load_weights([given.tuned]).requires_grad_(False), load_teacher(given.teacher, given.mpnet, own)
    kept = given.out / "articles.jsonl"
    if not kept.exists():
        torch.set_num_threads(1)
        stories = [json.loads(row)["text"] for row in given.stories.read_text(encoding="utf-8").splitlines()]
        articles = chosen_articles(given.articles, stories, given.most, random.Random(given.seed))
        part = kept.with_suffix(".part")
        part.write_text("\n".join(labelled_articles(teachers, articles)) + "\n", encoding="utf-8")
        part.replace(kept)
    torch.set_num_threads(given.threads)
    news, articles_ = read_examples(given.train), read_examples(kept)
    labeller = Labeller(own, reporting_words(news))
    sets = story_examples(given.stories, given.without), news

    def batches(epoch: int) -> list[Batch]:
        made = mixed_batches(sets, (given.news, given.invented), labeller, settings, epoch)
        made += article_batches(articles_, given.an_epoch, labeller, settings, epoch)
        random.Random(settings.seed * 1000 + epoch).shuffle(made)
        return made

    model = load_weights([given.tuned])
    model.encoder.freeze(0)
    train(batches, (model.train(), ensemble_losses(teachers)), given.out, settings)


if __name__ == "__main__":
    main()
