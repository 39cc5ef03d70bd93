"""The tagger's network: a MiniLM encoder, a cue layer, and two light layers that find source and content of one cue."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from onrecord.tagging.layout import CUE_TAGS, DISTANCES, ROLE_TAGS
from onrecord.tagging.windows import FEATURES

WIDTH, HEADS = 384, 12
NARROW, NARROW_HEADS = 192, 6


@dataclass(frozen=True, slots=True)
class Shape:
    """How deep and wide a network is: the encoder's layers and their inner width, and the layers that find roles."""

    layers: int = 6
    inner: int = 1536
    narrow_layers: int = 2


TEACHER, STUDENT = Shape(), Shape(layers=4, inner=1024, narrow_layers=1)


class Layer(nn.Module):
    """A post-norm transformer layer, as in BERT (Devlin et al., 2019), with one matrix for query, key and value."""

    def __init__(self, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """x [B, L, W], bias [B, 1, 1, L] (0 or a large negative number) -> [B, L, W]."""
        batch, length, width = x.shape
        query, key, value = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        if torch.onnx.is_in_onnx_export():
            scores = query @ key.transpose(-1, -2) / math.sqrt(width // self.heads) + bias
            mixed = torch.softmax(scores, -1) @ value
        else:
            mixed = F.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        x = self.norm1(x + self.out(mixed.transpose(1, 2).reshape(batch, length, width)))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


class Encoder(nn.Module):
    """MiniLM with three small tables of features added above its first layer."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.tables = nn.ModuleList(nn.Embedding(size, WIDTH) for size in FEATURES)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(WIDTH, HEADS, shape.inner) for _ in range(shape.layers))
        for table in self.tables:
            nn.init.zeros_(table.weight)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        """ids [B, L], features [B, L, 3], mask [B, L] of 0 and 1 -> [B, L, 384]."""
        x = self.norm(self.words(ids) + self.places.weight[: ids.shape[1]])
        bias = ((1.0 - mask.float()) * -1e4)[:, None, None, :]
        x = self.layers[0](x, bias)
        for column, table in enumerate(self.tables):
            x = x + table(features[:, :, column])
        for layer in self.layers[1:]:
            x = layer(x, bias)
        return x

    def freeze(self) -> None:
        """Keep the word vectors and the first layer as they are; the features enter above them."""
        for part in (self.words, self.places, self.norm, self.layers[0]):
            part.requires_grad_(False)


class Tagger(nn.Module):
    """`encode` once a window, `roles` once a cue."""

    def __init__(self, shape: Shape = TEACHER) -> None:
        super().__init__()
        self.encoder = Encoder(shape)
        self.drop = nn.Dropout(0.1)
        self.cue = nn.Linear(WIDTH, len(CUE_TAGS))
        self.narrow = nn.Linear(WIDTH, NARROW)
        self.condition = nn.Linear(NARROW, NARROW)
        self.distance = nn.Embedding(DISTANCES, NARROW)
        self.within = nn.Embedding(2, NARROW)
        self.norm = nn.LayerNorm(NARROW)
        self.layers = nn.ModuleList(Layer(NARROW, NARROW_HEADS, 2 * NARROW) for _ in range(shape.narrow_layers))
        self.role = nn.Linear(NARROW, len(ROLE_TAGS))
        self.verdict = nn.Linear(NARROW, 2)

    def encode(self, ids: Tensor, features: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Cue logits [B, L, tags] and states [B, L, 192]."""
        hidden = self.drop(self.encoder(ids, features, mask))
        return self.cue(hidden), self.narrow(hidden)

    def roles(self, states: Tensor, within: Tensor, distance: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """States [N, R, 192], `within` 1 on the cue's tokens -> role logits [N, R, tags], (real, speech) [N, 2]."""
        weight = (within.float() / within.float().sum(1, keepdim=True).clamp(min=1.0))[:, :, None]
        pooled = (states * weight).sum(1)
        x = states + self.condition(pooled)[:, None] + self.distance(distance) + self.within(within)
        x = self.norm(x)
        bias = ((1.0 - mask.float()) * -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return self.role(self.drop(x)), self.verdict(self.drop((x * weight).sum(1)))


def shape_of(state: Mapping[str, Tensor]) -> Shape:
    """The shape of the network whose weights these are."""
    deep = {name.split(".")[2] for name in state if name.startswith("encoder.layers.")}
    narrow = {name.split(".")[1] for name in state if name.startswith("layers.")}
    return Shape(len(deep), len(state["encoder.layers.0.up.bias"]), len(narrow))


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
    for number in range(TEACHER.layers):
        old = f"encoder.layer.{number}."
        for kind in ("weight", "bias"):
            three = [base[f"{old}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            new[f"layers.{number}.qkv.{kind}"] = torch.cat(three)
            for name, ours in names.items():
                new[f"layers.{number}.{ours}.{kind}"] = base[f"{old}{name}.{kind}"]
    missing, extra = model.encoder.load_state_dict(new, strict=False)
    if extra or any(not name.startswith("tables.") for name in missing):
        raise ValueError(f"{path}: base weights do not fit, missing {missing}, extra {extra}")
