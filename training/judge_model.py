"""The pair judge: one encoder over two texts, a head for entailment and a head for stance."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from training.judge_data import ENTAILMENT, STANCE
from transformers import AutoModel


class JudgeModel(nn.Module):
    """MiniLM over "[CLS] left [SEP] right [SEP]"; both heads read the first token and the mean of all."""

    def __init__(self, base: Path, attention: str = "sdpa") -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base, attn_implementation=attention)
        width = self.encoder.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.mix = nn.Linear(2 * width, width)
        self.entailment = nn.Linear(width, len(ENTAILMENT))
        self.stance = nn.Linear(width, len(STANCE))

    def forward(self, ids: Tensor, mask: Tensor, kinds: Tensor) -> tuple[Tensor, Tensor]:
        """Shape: ids, mask, kinds (pairs, tokens) -> logits (pairs, 3), (pairs, 4)."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=kinds).last_hidden_state
        weight = mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weight).sum(1) / weight.sum(1).clamp(min=1.0)
        mixed = torch.tanh(self.mix(self.drop(torch.cat([hidden[:, 0], mean], dim=-1))))
        return self.entailment(mixed), self.stance(mixed)
