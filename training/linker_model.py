"""The linker's judge: one encoder over two texts, a head for entailment and a head for what one does to the other."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from training.tagger_model import WIDTH, Layer

LAYERS, HEADS, INNER = 6, 12, 1536


class PairEncoder(nn.Module):
    """MiniLM over two segments (Wang et al., 2020)."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.kinds = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(WIDTH, HEADS, INNER) for _ in range(LAYERS))

    def forward(self, ids: Tensor, mask: Tensor, kinds: Tensor) -> Tensor:
        """Shape: (texts, tokens) three times -> (texts, tokens, WIDTH)."""
        x = self.norm(self.words(ids) + self.places.weight[: ids.shape[1]] + self.kinds(kinds))
        for layer in self.layers:
            x = layer(x, mask)
        return x


class LinkerModel(nn.Module):
    """ "[CLS] left [SEP] right [SEP]"; both heads read the first token and the mean of all."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = PairEncoder()
        self.drop = nn.Dropout(0.1)
        self.mix = nn.Linear(2 * WIDTH, WIDTH)
        self.entailment = nn.Linear(WIDTH, 3)
        self.bearing = nn.Linear(WIDTH, 4)

    def forward(self, ids: Tensor, mask: Tensor, kinds: Tensor) -> tuple[Tensor, Tensor]:
        """Shape: ids, mask, kinds (pairs, tokens) -> logits (pairs, 3), (pairs, 4)."""
        hidden = self.encoder(ids, mask.float(), kinds)
        mixed = torch.tanh(self.mix(self.drop(torch.cat([hidden[:, 0], mean_of(hidden, mask)], dim=-1))))
        return self.entailment(mixed), self.bearing(mixed)


def mean_of(hidden: Tensor, mask: Tensor) -> Tensor:
    """The mean of the tokens that are no padding. Shape: (texts, tokens, width) -> (texts, width)."""
    weight = mask.unsqueeze(-1).to(hidden.dtype)
    return (hidden * weight).sum(1) / weight.sum(1).clamp(min=1.0)


class SentenceEncoder(nn.Module):
    """A sentence vector: the mean of all tokens, of length one (Reimers and Gurevych, 2019)."""

    def __init__(self, path: Path | None = None) -> None:
        super().__init__()
        self.encoder = PairEncoder()
        if path is not None:
            load_base(self.encoder, path)

    def forward(self, ids: Tensor, mask: Tensor, kinds: Tensor) -> Tensor:
        """Shape: (texts, tokens) three times -> (texts, WIDTH)."""
        return nn.functional.normalize(mean_of(self.encoder(ids, mask.float(), kinds).float(), mask), dim=-1)

    def encode(self, tokenizer: Tokenizer, texts: list[str]) -> np.ndarray:
        """Shape: (texts, WIDTH)."""
        self.eval()
        found = np.zeros((len(texts), WIDTH), dtype=np.float32)
        tokens = [one.ids[:96] for one in tokenizer.encode_batch(texts)]
        order = sorted(range(len(texts)), key=lambda n: len(tokens[n]))
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            for start in range(0, len(order), 32):
                some = order[start : start + 32]
                width = -(-max(len(tokens[n]) for n in some) // 16) * 16
                ids = torch.zeros(len(some), width, dtype=torch.long)
                mask = torch.zeros_like(ids)
                for row, number in enumerate(some):
                    ids[row, : len(tokens[number])] = torch.tensor(tokens[number])
                    mask[row, : len(tokens[number])] = 1
                found[some] = self(ids, mask, torch.zeros_like(ids)).numpy()
        return found


def load_base(encoder: PairEncoder, path: Path) -> None:
    """Put the base weights of MiniLM (safetensors) into an encoder."""
    base = load_file(str(path))
    new: dict[str, Tensor] = {
        "words.weight": base["embeddings.word_embeddings.weight"],
        "places.weight": base["embeddings.position_embeddings.weight"],
        "kinds.weight": base["embeddings.token_type_embeddings.weight"],
        "norm.weight": base["embeddings.LayerNorm.weight"],
        "norm.bias": base["embeddings.LayerNorm.bias"],
    }
    names = {"attention.output.dense": "out", "attention.output.LayerNorm": "norm1", "intermediate.dense": "up",
             "output.dense": "down", "output.LayerNorm": "norm2"}  # fmt: skip
    for number in range(LAYERS):
        old = f"encoder.layer.{number}."
        for kind in ("weight", "bias"):
            three = [base[f"{old}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            new[f"layers.{number}.qkv.{kind}"] = torch.cat(three)
            for name, ours in names.items():
                new[f"layers.{number}.{ours}.{kind}"] = base[f"{old}{name}.{kind}"]
    encoder.load_state_dict(new)
