"""Distil the trained tagger into a smaller one: `python -m training.distil_tagger TRAIN.jsonl BASE_DIR OUT PT...`.

The student keeps some layers of the teacher and the inner units that matter most there (as in DistilBERT, Sanh et al.,
2019), then learns the teacher's states and labels as well as the reference labels.
"""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor
from training.tagger_data import IGNORED, Labeller, batch, read_examples
from training.tagger_edits import Example
from training.tagger_model import STUDENT, Layer, Tagger, load_weights
from training.train_tagger import Losses, options, prepared, regions, tensors, train, with_wrong_cues

KEPT = (0, 1, 4, 5)
STATES, TAUGHT = 0.1, 0.7  # weight of the teacher's states; share of the teacher's labels against the reference's
CUE = 1.5  # weight of cue labels: a cue whose words are not exact misleads all that is read after it


def inner_units(teacher: Tagger, data: dict[str, Tensor], number: int, count: int) -> Tensor:
    """The inner units of one layer whose outputs are largest on some texts, in order."""
    layer = teacher.encoder.layers[number]
    assert isinstance(layer, Layer)
    seen: list[Tensor] = []
    hook = layer.up.register_forward_hook(lambda _, __, out: seen.append(F.gelu(out[data["mask"] > 0])))
    with torch.no_grad():
        teacher.encode(data["ids"], data["features"], data["mask"])
    hook.remove()
    weight = seen[0].square().mean(0).sqrt() * layer.down.weight.norm(dim=0)
    return weight.topk(count).indices.sort().values


def student_of(teacher: Tagger, data: dict[str, Tensor]) -> Tagger:
    """A smaller network that begins as parts of the teacher."""
    student = Tagger(STUDENT)
    old = teacher.state_dict()
    new = {name: value.clone() for name, value in old.items() if not name.startswith("encoder.layers.")}
    for number, kept in enumerate(KEPT):
        units = inner_units(teacher, data, kept, STUDENT.inner)
        prefix = f"encoder.layers.{kept}."
        for name, value in old.items():
            if name.startswith(prefix):
                part = name.removeprefix(prefix)
                cut = value[units] if part.startswith("up.") else value[:, units] if part == "down.weight" else value
                new[f"encoder.layers.{number}.{part}"] = cut.clone()
    student.load_state_dict({name: value for name, value in new.items() if name in student.state_dict()})
    return student


def freeze(student: Tagger) -> None:
    """Keep the word vectors as they are."""
    for part in (student.encoder.words, student.encoder.places, student.encoder.norm):
        part.requires_grad_(False)


def taught_losses(teacher: Tagger) -> Losses:
    """Summed losses against the teacher's states and labels and against the reference's labels."""

    def losses(model: Tagger, data: dict[str, Tensor]) -> dict[str, Tensor]:
        with torch.no_grad():
            taught_cues, taught_states = teacher.encode(data["ids"], data["features"], data["mask"])
        cue_logits, states = model.encode(data["ids"], data["features"], data["mask"])
        real = data["mask"] > 0
        gap = (states - taught_states)[real].square().mean(-1) / taught_states[real].var()
        cue = F.cross_entropy(cue_logits.flatten(0, 1), data["cues"].flatten(), ignore_index=IGNORED, reduction="sum")
        found = {
            "states": STATES * gap.sum(),
            "cue": CUE * ((1 - TAUGHT) * cue + TAUGHT * _divergence(cue_logits[real], taught_cues[real])),
        }
        data = with_wrong_cues(taught_cues, data)
        if not len(data["row"]):
            return found
        rest = [data[name] for name in ("within", "distance", "region_mask")]
        size = rest[0].shape[1]
        with torch.no_grad():
            taught = teacher.roles(regions(taught_states, data["row"], data["start"], size), *rest)
        told = model.roles(regions(states, data["row"], data["start"], size), *rest)
        return {**found, **_role_losses(told, taught, data)}

    return losses


def _divergence(told: Tensor, taught: Tensor) -> Tensor:
    return F.kl_div(told.log_softmax(-1), taught.log_softmax(-1), reduction="sum", log_target=True)


def _role_losses(
    told: tuple[Tensor, Tensor], taught: tuple[Tensor, Tensor], data: dict[str, Tensor]
) -> dict[str, Tensor]:
    seen = data["region_mask"] > 0
    role = F.cross_entropy(told[0].flatten(0, 1), data["roles"].flatten(), ignore_index=IGNORED, reduction="sum")
    verdicts = torch.stack([data["real"], data["speech"].float()], 1)
    verdicts = (1 - TAUGHT) * verdicts + TAUGHT * taught[1].sigmoid()
    weight = torch.stack([torch.ones_like(data["real"]), 0.3 * data["real"]], 1)
    sure = F.binary_cross_entropy_with_logits(told[1], verdicts, weight=weight, reduction="sum")
    likely = taught[1][:, 0].sigmoid()[:, None].expand(seen.shape)[seen]
    taught_roles = F.kl_div(
        told[0].log_softmax(-1)[seen], taught[0].log_softmax(-1)[seen], reduction="none", log_target=True
    )
    return {
        "role": 0.5 * ((1 - TAUGHT) * role + TAUGHT * (taught_roles.sum(-1) * likely).sum()),
        "verdict": sure,
    }


def some(examples: tuple[Example, ...], labeller: Labeller, count: int = 24) -> dict[str, Tensor]:
    """A batch of windows from the first texts, to see which inner units matter."""
    import random

    chance = random.Random(0)
    windows = [window for example in examples[:count] for window in labeller.windows(example, chance)]
    return tensors(batch(windows[:: max(1, len(windows) // count)][:count], chance))


def main() -> None:
    """Read the command line and distil."""
    parser = options(__doc__)
    parser.add_argument("teacher", type=Path, nargs="+", help="weights, of which the mean is taken")
    parser.add_argument("--news", type=Path, nargs="*", default=(), help="more texts, from training.label_news")
    parser.set_defaults(encoder_rate=3e-4, head_rate=8e-4, epochs=3.0)
    told = vars(parser.parse_args())
    teacher, begin, news = load_weights(told.pop("teacher")), told.pop("begin"), told.pop("news")
    more = tuple(example for path in news for example in read_examples(path))[: told["sample"] or None]
    examples, labeller, out, settings = prepared(told)
    examples += more
    student = load_weights(begin) if begin else student_of(teacher, some(examples, labeller))
    freeze(student)
    train(examples, labeller, (student, taught_losses(teacher)), out, settings)


if __name__ == "__main__":
    main()
