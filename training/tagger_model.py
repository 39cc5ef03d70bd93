"""The tagger's network: a MiniLM encoder, a cue layer, and two light layers that find source and content of one cue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from onrecord.tagging.labels import CUE_TAGS, DISTANCES, ROLE_TAGS
from onrecord.tagging.windows import FEATURES

WIDTH, NARROW = 384, 192
HEAD = 32  # units of an attention head


@dataclass(frozen=True, slots=True)
class Shape:
    """How wide each layer is, as heads and inner units: those of the encoder, and those that find roles."""

    encoder: tuple[tuple[int, int], ...] = ((12, 1536),) * 6
    roles: tuple[tuple[int, int], ...] = ((6, 384),) * 2


class Layer(nn.Module):
    """A post-norm transformer layer, as in BERT (Devlin et al., 2019), with one matrix for query, key and value."""

    def __init__(self, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * heads * HEAD)
        self.out = nn.Linear(heads * HEAD, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """x [B, L, W], mask [B, L] of 0 and 1, where there is padding at the end -> [B, L, W]."""
        mixed = attention(*self.qkv(x).split(self.heads * HEAD, -1), self.heads, mask)
        x = self.norm1(x + self.out(mixed))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


def attention(query: Tensor, key: Tensor, value: Tensor, heads: int, mask: Tensor | None) -> Tensor:
    """All heads' attention, each argument and the result [B, L, heads * 32]; one operator of ONNX Runtime on export."""
    if torch.onnx.is_in_onnx_export():
        found: Tensor = _Fused.apply(query, key, value, heads, None if mask is None else mask.sum(1).int())
        return found
    # Not `scaled_dot_product_attention`: on a processor its backward pass takes three times as long.
    parted = (one.unflatten(-1, (heads, HEAD)).transpose(1, 2) for one in (query * HEAD**-0.5, key, value))
    asked, keys, values = (one.flatten(0, 1) for one in parted)
    scores = torch.bmm(asked, keys.transpose(1, 2)).unflatten(0, (-1, heads))
    if mask is not None:
        scores = scores + ((1.0 - mask) * -1e4)[:, None, None, :].to(scores.dtype)
    with torch.autocast("cpu", enabled=False):
        shares = scores.softmax(-1)
    return torch.bmm(shares.flatten(0, 1), values).unflatten(0, (-1, heads)).transpose(1, 2).flatten(2)


class _Fused(torch.autograd.Function):
    """`attention` as the operator MultiHeadAttention, with the length of each row where there is padding."""

    @staticmethod
    def forward(_: Any, query: Tensor, key: Tensor, value: Tensor, heads: int, lengths: Tensor | None) -> Tensor:
        return torch.empty_like(query)

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any, heads: int, lengths: Any) -> Any:
        none = graph.op("prim::Constant")
        none.setType(torch._C.OptionalType.ofTensor())
        more = () if lengths is None else (none, lengths)
        found = graph.op("com.microsoft::MultiHeadAttention", query, key, value, *more, num_heads_i=heads)
        return found.setType(query.type())


class Encoder(nn.Module):
    """MiniLM with three small tables of features added above its first layer."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.tables = nn.ModuleList(nn.Embedding(size, WIDTH) for size in FEATURES)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(WIDTH, *wide) for wide in shape.encoder)
        for table in self.tables:
            nn.init.zeros_(table.weight)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor | None) -> Tensor:
        """ids [B, L], features [B, L, 3], mask [B, L] of 0 and 1 where there is padding -> [B, L, 384]."""
        return self.states(ids, features, mask)[-1]

    def states(self, ids: Tensor, features: Tensor, mask: Tensor | None) -> list[Tensor]:
        """What each layer makes of the same arguments, each [B, L, 384]."""
        x = self.norm(self.words(ids) + self.places.weight[: ids.shape[1]])
        x = self.layers[0](x, mask)
        for column, table in enumerate(self.tables):
            x = x + table(features[:, :, column])
        found = [x]
        for layer in self.layers[1:]:
            found.append(layer(found[-1], mask))
        return found

    def freeze(self, layers: int) -> None:
        """Keep the word vectors as they are, and so many of the first layers."""
        for part in (self.words, self.places, self.norm, *self.layers[:layers]):
            part.requires_grad_(False)


class Tagger(nn.Module):
    """`encode` once a window, `roles` once a cue."""

    def __init__(self, shape: Shape | None = None) -> None:
        super().__init__()
        self.shape = shape = shape or Shape()
        self.encoder = Encoder(shape)
        self.drop = nn.Dropout(0.1)
        self.cue = nn.Linear(WIDTH, len(CUE_TAGS))
        self.narrow = nn.Linear(WIDTH, NARROW)
        self.condition = nn.Linear(NARROW, NARROW)
        self.distance = nn.Embedding(DISTANCES, NARROW)
        self.within = nn.Embedding(2, NARROW)
        self.norm = nn.LayerNorm(NARROW)
        self.layers = nn.ModuleList(Layer(NARROW, *wide) for wide in shape.roles)
        self.role = nn.Linear(NARROW, len(ROLE_TAGS))
        self.verdict = nn.Linear(NARROW, 2)

    def encode(self, ids: Tensor, features: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor]:
        """Cue logits [B, L, tags] and states [B, L, 192]."""
        return self.labelled(self.encoder(ids, features, mask))

    def labelled(self, hidden: Tensor) -> tuple[Tensor, Tensor]:
        """Cue logits and states, as `encode`, from the encoder's last states [B, L, 384]."""
        hidden = self.drop(hidden)
        return self.cue(hidden), self.narrow(hidden)

    def roles(self, states: Tensor, within: Tensor, distance: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """States [N, R, 192], `within` 1 on the cue's tokens -> role logits [N, R, tags], (real, speech) [N, 2]."""
        weight = (within.float() / within.float().sum(1, keepdim=True).clamp(min=1.0))[:, :, None]
        pooled = (states * weight).sum(1)
        x = states + self.condition(pooled)[:, None] + self.distance(distance) + self.within(within)
        x = self.norm(x)
        for layer in self.layers:
            x = layer(x, mask)
        return self.role(self.drop(x)), self.verdict(self.drop((x * weight).sum(1)))


def shape_of(state: Mapping[str, Tensor]) -> Shape:
    """The shape of the network whose weights these are."""

    def wide(prefix: str) -> tuple[tuple[int, int], ...]:
        count = sum(name.startswith(prefix) and name.endswith(".up.bias") for name in state)
        rows = [(state[f"{prefix}{n}.out.weight"], state[f"{prefix}{n}.up.bias"]) for n in range(count)]
        return tuple((out.shape[1] // HEAD, len(up)) for out, up in rows)

    return Shape(wide("encoder.layers."), wide("layers."))


def load_weights(paths: Sequence[Path]) -> Tagger:
    """A network with the mean of some weights, ready to be used."""
    states = [torch.load(path, weights_only=True) for path in paths]
    model = Tagger(shape_of(states[0]))
    model.load_state_dict({name: sum(s[name] for s in states) / len(states) for name in states[0]})
    return model.eval()


def load_base(model: Tagger, path: Path) -> None:
    """Put the base weights of MiniLM (safetensors) into the encoder."""
    base = load_file(str(path))
    new: dict[str, Tensor] = {
        "words.weight": base["embeddings.word_embeddings.weight"],
        "places.weight": base["embeddings.position_embeddings.weight"]
        + base["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": base["embeddings.LayerNorm.weight"],
        "norm.bias": base["embeddings.LayerNorm.bias"],
    }
    names = {"attention.output.dense": "out", "attention.output.LayerNorm": "norm1", "intermediate.dense": "up",
             "output.dense": "down", "output.LayerNorm": "norm2"}  # fmt: skip
    for number in range(len(model.encoder.layers)):
        old = f"encoder.layer.{number}."
        for kind in ("weight", "bias"):
            three = [base[f"{old}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            new[f"layers.{number}.qkv.{kind}"] = torch.cat(three)
            for name, ours in names.items():
                new[f"layers.{number}.{ours}.{kind}"] = base[f"{old}{name}.{kind}"]
    missing, extra = model.encoder.load_state_dict(new, strict=False)
    if extra or any(not name.startswith("tables.") for name in missing):
        raise ValueError(f"{path}: base weights do not fit, missing {missing}, extra {extra}")
