"""From the network's numbers to a chance that a tag is right."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model of four numbers of a tag, fitted on held-out texts (Platt, 1999)."""

    weights: tuple[float, ...] = (0.5, 0.5, 1.0, 0.3)
    bias: tuple[float, ...] = (0.0,)

    def score(self, cue: float, real: float, content: float, source: float) -> float:
        """The chance in [0, 1]: the cue's chance, the verdict's logit, mean log chances of content and source."""
        cue = min(max(cue, 1e-4), 1 - 1e-4)
        numbers = (math.log(cue / (1 - cue)), max(-8.0, min(8.0, real)), content, source)
        total = self.bias[0] + sum(weight * number for weight, number in zip(self.weights, numbers, strict=True))
        return 1 / (1 + math.exp(-total))
