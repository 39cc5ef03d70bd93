"""Weights between those before and those after tuning: `python -m training.mix_weights OUT BEGIN TUNED.pt...`.

Of several tuned ones the mean is taken. Weights part of the way keep what was known before, and do as well or better on
what the tuning is for (Wortsman et al., "Robust fine-tuning of zero-shot models", 2022).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

SHARE = 0.8  # of the tuned weights


def main() -> None:
    """Read the command line, mix and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("begin", type=Path)
    parser.add_argument("tuned", type=Path, nargs="+")
    parser.add_argument("--share", type=float, default=SHARE)
    told = parser.parse_args()
    begin = torch.load(told.begin, weights_only=True)
    tuned = [torch.load(path, weights_only=True) for path in told.tuned]
    mean = {name: sum(one[name] for one in tuned) / len(tuned) for name in begin}
    torch.save({name: (1 - told.share) * begin[name] + told.share * mean[name] for name in begin}, told.out)


if __name__ == "__main__":
    main()
