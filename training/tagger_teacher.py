"""Train a larger tagger, whose labels the packed one learns (`training.distil_stories`), on stories and news.

    python -m training.tagger_teacher TRAIN.jsonl STORIES.jsonl TOKENIZER_DIR MPNET_DIR OUT [--without FOLD...]

It is the packed tagger with all-mpnet-base-v2 (Song et al., 2020) in the place of its encoder. Word pieces are the
packed tagger's: both vocabularies are BERT's but for the special ones. Goes on where it was interrupted.
"""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from training.tagger_data import Labeller, read_examples, reporting_words
from training.tagger_model import NARROW, Tagger
from training.train_tagger import Settings, checked, label_losses, load_tokenizer, train
from training.tune_tagger import mixed_batches, story_examples
from transformers import AutoModel

from onrecord.tagging.windows import FEATURES

MPNET_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
WIDTH = 768
_SPECIAL = {"[PAD]": "<pad>", "[CLS]": "<s>", "[SEP]": "</s>", "[MASK]": "<mask>"}


def piece_map(own: Tokenizer, other: Tokenizer) -> Tensor:
    """For each word piece of one vocabulary its number in another, "[UNK]" for one that is not in it: [pieces]."""
    known = other.get_vocab()
    ordered = sorted(own.get_vocab().items(), key=lambda pair: pair[1])
    return torch.tensor([known.get(_SPECIAL.get(piece, piece), known["[UNK]"]) for piece, _ in ordered])


class MpnetEncoder(nn.Module):
    """all-mpnet-base-v2 with the tagger's three tables of features added above its first layer."""

    pieces: Tensor

    def __init__(self, folder: Path, pieces: Tensor) -> None:
        super().__init__()
        checked(folder / "model.safetensors", MPNET_SHA256)
        base = AutoModel.from_pretrained(str(folder))
        self.words = base.embeddings
        self.bias = base.encoder.relative_attention_bias
        self.layers = base.encoder.layer
        self.tables = nn.ModuleList(nn.Embedding(size, WIDTH) for size in FEATURES)
        for table in self.tables:
            nn.init.zeros_(table.weight)
        self._bucket = base.encoder.relative_position_bucket
        self.register_buffer("pieces", pieces, persistent=False)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor | None) -> Tensor:
        """Word pieces of the packed tagger [B, L], features [B, L, 3], mask [B, L] of 0 and 1 -> states [B, L, 768]."""
        ids = self.pieces[ids]
        if mask is not None:
            ids = torch.where(mask.bool(), ids, torch.ones_like(ids))
        place = torch.arange(ids.shape[1])
        bias = self.bias(self._bucket(place[None] - place[:, None], num_buckets=32)).permute(2, 0, 1)[None]
        hidden = None if mask is None else ((1.0 - mask.float()) * -1e4)[:, None, None, :]
        x = self.words(input_ids=ids)
        for number, layer in enumerate(self.layers):
            x = layer(x, hidden, position_bias=bias)
            x = x[0] if isinstance(x, tuple) else x
            if number == 0:
                for column, table in enumerate(self.tables):
                    x = x + table(features[:, :, column])
        return x

    def freeze(self, layers: int) -> None:
        """Keep the word vectors as they are, and so many of the first layers."""
        for part in (self.words, *self.layers[:layers]):
            part.requires_grad_(False)


class MpnetTagger(Tagger):
    """The tagger with a larger encoder."""

    def __init__(self, folder: Path, own: Tokenizer) -> None:
        super().__init__()
        pieces = piece_map(own, Tokenizer.from_file(str(folder / "tokenizer.json")))
        self.encoder = MpnetEncoder(folder, pieces)  # type: ignore[assignment]
        self.cue = nn.Linear(WIDTH, self.cue.out_features)
        self.narrow = nn.Linear(WIDTH, NARROW)


def load_teacher(path: Path, folder: Path, own: Tokenizer) -> MpnetTagger:
    """A trained teacher, ready to be used."""
    model = MpnetTagger(folder, own)
    model.load_state_dict(torch.load(path, weights_only=True))
    model.requires_grad_(False)
    return model.eval()


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("stories", type=Path)
    parser.add_argument("base", type=Path)
    parser.add_argument("mpnet", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--without", type=int, nargs="*", default=(), help="folds whose stories are left out")
    parser.add_argument("--epochs", type=float, default=3.0)
    parser.add_argument("--news", type=int, default=200, help="articles an epoch")
    parser.add_argument("--invented", type=int, default=130, help="invented texts an epoch")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=23)
    given = parser.parse_args()
    settings = Settings(epochs=given.epochs, size=8, seed=given.seed, encoder_rate=6e-5, head_rate=5e-4, strength=0.6,
                        decay=0.99, threads=given.threads, minutes=0.0, cue=1.0)  # fmt: skip
    given.out.mkdir(parents=True, exist_ok=True)
    np.random.seed(given.seed)
    torch.manual_seed(given.seed)
    torch.set_num_threads(given.threads)
    own = load_tokenizer(given.base)
    news = read_examples(given.train)
    labeller = Labeller(own, reporting_words(news))
    model = MpnetTagger(given.mpnet, own)
    model.encoder.freeze(2)
    sets = story_examples(given.stories, given.without), news
    batches = partial(mixed_batches, sets, (given.news, given.invented), labeller, settings)
    train(batches, (model, partial(label_losses, weight=settings.cue)), given.out, settings)


if __name__ == "__main__":
    main()
