"""Distil the trained tagger into a smaller one: `python -m training.distil_tagger TRAIN.jsonl BASE_DIR OUT PT...`.

The student is the teacher without the parts that matter least (`training.prune_tagger`); it learns the teacher's
states, those of each layer (as in TinyBERT, Jiao et al., 2020), and its labels as well as the reference labels.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor
from training.prune_tagger import fisher, pruned
from training.tagger_data import IGNORED, Labeller, batch
from training.tagger_edits import Example
from training.tagger_model import Tagger, load_weights
from training.train_tagger import (
    Losses,
    epoch_batches,
    label_losses,
    labelled_roles,
    options,
    prepared,
    tensors,
    train,
    with_wrong_cues,
)

SHARE = 0.55  # of the teacher's multiplications
LAYERS = 0.03  # weight of the states of each of the teacher's layers
CUE = 1.5  # weight of cue labels: a cue whose words are not exact misleads all that is read after it
STATES = 0.1  # weight of the teacher's last states
# Shares of the teacher's labels against the reference's; which words make a cue the reference tells better.
TAUGHT, TAUGHT_CUES = 0.7, 0.3


def student_of(teacher: Tagger, data: Iterator[dict[str, Tensor]], share: float) -> Tagger:
    """A smaller network that begins as the parts of the teacher that matter most on some texts."""
    return pruned(
        teacher,
        fisher(teacher, data, lambda model, made: sum(label_losses(model, made).values(), torch.zeros(()))),
        share,
    )


def taught_losses(teacher: Tagger) -> Losses:
    """Summed losses against the teacher's states and labels and against the reference's labels."""

    def losses(model: Tagger, data: dict[str, Tensor]) -> dict[str, Tensor]:
        text = data["ids"], data["features"], data["mask"]
        with torch.no_grad():
            taught_layers = teacher.encoder.states(*text)
            taught_cues, taught_states = (one.float() for one in teacher.labelled(taught_layers[-1]))
        layers = model.encoder.states(*text)
        cue_logits, states = (one.float() for one in model.labelled(layers[-1]))
        real = data["mask"] > 0
        gaps = [_gap(one, other, real) for one, other in zip(layers, taught_layers, strict=True)]
        cue = F.cross_entropy(cue_logits.flatten(0, 1), data["cues"].flatten(), ignore_index=IGNORED, reduction="sum")
        found = {
            "layers": LAYERS * torch.stack(gaps).sum(),
            "states": STATES * _gap(states, taught_states, real),
            "cue": CUE * ((1 - TAUGHT_CUES) * cue + TAUGHT_CUES * _divergence(cue_logits[real], taught_cues[real])),
        }
        data = with_wrong_cues(taught_cues, data)
        if not len(data["row"]):
            return found
        with torch.no_grad():
            taught = labelled_roles(teacher, taught_states, data)
        return {**found, **_role_losses(labelled_roles(model, states, data), taught, data)}

    return losses


def _gap(told: Tensor, taught: Tensor, real: Tensor) -> Tensor:
    """Squared distances of states [B, L, W], in parts of the teacher's variance, summed over real tokens [B, L]."""
    apart: Tensor = (((told - taught).square().mean(-1) * real).sum() / taught[real].var()).float()
    return apart


def _divergence(told: Tensor, taught: Tensor) -> Tensor:
    return F.kl_div(told.log_softmax(-1), taught.log_softmax(-1), reduction="sum", log_target=True)


def _role_losses(
    told: tuple[Tensor, Tensor], taught: tuple[Tensor, Tensor], data: dict[str, Tensor]
) -> dict[str, Tensor]:
    seen = data["region_mask"] > 0
    role = F.cross_entropy(told[0].transpose(1, 2), data["roles"], ignore_index=IGNORED, reduction="none")
    verdicts = torch.stack([data["real"], data["speech"].float()], 1)
    verdicts = (1 - TAUGHT) * verdicts + TAUGHT * taught[1].sigmoid()
    weight = torch.stack([torch.ones_like(data["real"]), 0.3 * data["real"]], 1)
    sure = F.binary_cross_entropy_with_logits(told[1], verdicts, weight=weight, reduction="sum")
    likely = taught[1][:, 0].sigmoid()[:, None].expand(seen.shape)[seen]
    taught_roles = F.kl_div(
        told[0].log_softmax(-1)[seen], taught[0].log_softmax(-1)[seen], reduction="none", log_target=True
    )
    return {
        "role": 0.5 * ((1 - TAUGHT) * role.sum() + TAUGHT * (taught_roles.sum(-1) * likely).sum()),
        "verdict": sure,
    }


def some(
    examples: tuple[Example, ...], labeller: Labeller, count: int = 320, size: int = 4
) -> Iterator[dict[str, Tensor]]:
    """Batches of windows spread over the texts, to see which parts matter."""
    chance = random.Random(0)
    windows = [window for example in examples for window in labeller.windows(example, chance)]
    chosen = windows[:: max(1, len(windows) // count)]
    for at in range(0, len(chosen), size):
        yield tensors(batch(chosen[at : at + size]))


def main() -> None:
    """Read the command line and distil."""
    parser = options(__doc__)
    parser.add_argument("teacher", type=Path, nargs="+", help="weights, of which the mean is taken")
    parser.add_argument("--share", type=float, default=SHARE, help="of the teacher's multiplications")
    parser.set_defaults(encoder_rate=2.5e-4, head_rate=6e-4, epochs=5.0)
    told = vars(parser.parse_args())
    teacher, begin, share = load_weights(told.pop("teacher")), told.pop("begin"), told.pop("share")
    examples, labeller, out, settings = prepared(told)
    student = load_weights(begin) if begin else student_of(teacher, some(examples, labeller), share)
    student.encoder.freeze(0)
    batches = partial(epoch_batches, examples, labeller, settings)
    train(batches, (student, taught_losses(teacher)), out, settings)


if __name__ == "__main__":
    main()
