"""Cut the heads and inner units that matter least out of a trained tagger, so that a smaller one can go on from it.

What a part matters is the Fisher information of a gate on it, as in Kwon et al., "A Fast Post-Training Pruning
Framework for Transformers" (2022); parts are kept by what they matter in their layer for the multiplications they cost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from training.tagger_model import HEAD, Layer, Shape, Tagger

LENGTH = 180  # tokens of a usual window; the cost of a head's attention grows with it
BLOCK = 32  # inner units are kept in whole blocks of so many

Loss = Callable[[Tagger, dict[str, Tensor]], Tensor]


@dataclass(frozen=True, slots=True)
class Gates:
    """How much the heads and the inner units of one layer matter."""

    heads: Tensor
    inner: Tensor


def fisher(model: Tagger, data: Iterable[dict[str, Tensor]], loss: Loss) -> Mapping[str, Gates]:
    """The squared gradient of a gate on each head and each inner unit, summed over batches; by the layer's name."""
    layers = {name: part for name, part in model.named_modules() if isinstance(part, Layer)}
    found = {name: Gates(torch.zeros(part.heads), torch.zeros(part.up.out_features)) for name, part in layers.items()}
    gates = {name: Gates(*(torch.ones_like(one, requires_grad=True) for one in (part.heads, part.inner)))
             for name, part in found.items()}  # fmt: skip
    for part in model.parameters():
        part.requires_grad_(False)
    with _gated(layers, gates):
        for made in data:
            both = [gate for one in gates.values() for gate in (one.heads, one.inner)]
            slopes = iter(torch.autograd.grad(loss(model, made), both))
            for one in found.values():
                one.heads.add_(next(slopes).square())
                one.inner.add_(next(slopes).square())
    for part in model.parameters():
        part.requires_grad_(True)
    return found


@contextmanager
def _gated(layers: Mapping[str, Layer], gates: Mapping[str, Gates]) -> Iterator[None]:
    hooks = []
    for name, layer in layers.items():
        for part, gate in ((layer.out, gates[name].heads), (layer.down, gates[name].inner)):
            hooks.append(part.register_forward_pre_hook(_times(gate)))
    yield
    for hook in hooks:
        hook.remove()


def _times(gate: Tensor) -> Callable[[nn.Module, tuple[Tensor, ...]], Tensor]:
    return lambda _, given: given[0] * gate.repeat_interleave(given[0].shape[-1] // len(gate))


def pruned(model: Tagger, matter: Mapping[str, Gates], share: float) -> Tagger:
    """A network with this share of the multiplications of each stack of layers, encoder and roles."""
    state = model.state_dict()
    kept: dict[str, tuple[Tensor, Tensor]] = {}
    for prefix in ("encoder.layers.", "layers."):
        names = sorted(name for name in matter if name.startswith(prefix))
        kept.update(_kept({name: matter[name] for name in names}, state[names[0] + ".norm1.weight"].numel(), share))
    wide = {name: (len(heads), len(inner)) for name, (heads, inner) in kept.items()}
    made = Tagger(Shape(*(tuple(size for name, size in sorted(wide.items()) if name.startswith(prefix))
                          for prefix in ("encoder.layers.", "layers."))))  # fmt: skip
    made.load_state_dict({name: _cut(name, value, kept) for name, value in state.items()})
    return made


def _kept(matter: Mapping[str, Gates], width: int, share: float) -> dict[str, tuple[Tensor, Tensor]]:
    """Heads and inner units of each layer, in order, as many as the share allows; no layer loses all of either."""
    head, unit = 4 * width * HEAD + 4 * LENGTH * HEAD, 2 * width
    rows: list[tuple[float, int, str, bool]] = []
    for name, gates in matter.items():
        whole = float(gates.heads.sum() + gates.inner.sum())
        rows += [(float(value) / whole / head, head, name, True) for value in gates.heads]
        blocks = gates.inner.sort(descending=True).values.view(-1, BLOCK).sum(1) / whole
        rows += [(float(value) / (unit * BLOCK), unit * BLOCK, name, False) for value in blocks]
    left = share * sum(cost for _, cost, _, _ in rows)
    count = {(name, whether): 1 for name in matter for whether in (True, False)}
    left -= sum(head if whether else unit * BLOCK for _, whether in count)
    seen = dict.fromkeys(count, 0)
    for _, cost, name, whether in sorted(rows, reverse=True):
        seen[name, whether] += 1
        if seen[name, whether] > 1 and cost <= left:
            count[name, whether] += 1
            left -= cost
    return {
        name: (
            gates.heads.topk(count[name, True]).indices.sort().values,
            gates.inner.topk(BLOCK * count[name, False]).indices.sort().values,
        )
        for name, gates in matter.items()
    }


def _cut(name: str, value: Tensor, kept: Mapping[str, tuple[Tensor, Tensor]]) -> Tensor:
    layer, _, part = name.rpartition(".")
    layer, _, module = layer.rpartition(".")
    if layer not in kept:
        return value.clone()
    heads, inner = kept[layer]
    columns = (heads[:, None] * HEAD + torch.arange(HEAD)).flatten()
    if module == "qkv":
        return value.view(3, -1, *value.shape[1:])[:, columns].flatten(0, 1).clone()
    if module == "up":
        return value[inner].clone()
    if part == "weight" and module in ("out", "down"):
        return value[:, columns if module == "out" else inner].clone()
    return value.clone()
