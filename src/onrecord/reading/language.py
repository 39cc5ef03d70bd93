"""The language that a report is written in, recognised from its words; only English is analysed."""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType
from typing import Any

ENGLISH = "en"
# Fewer letters tell no language apart from another surely.
_MIN_LETTERS = 60
_SAMPLE_CHARS = 200
# Small words that stand in any English report, and hardly in one in another language.
_ENGLISH_WORDS = frozenset("the and that with from were which said of to".split())
_WORD = re.compile(r"[^\W\d_]+")
_MANY = 0.1
# Calling an English report foreign loses all its statements: sooner than that a doubtful one is looked at.
_SURE = 0.9
NAMES = MappingProxyType({
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian",
    "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "eo": "Esperanto", "es": "Spanish", "et": "Estonian", "eu": "Basque",
    "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish", "gl": "Galician", "gu": "Gujarati",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian",
    "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "km": "Khmer",
    "ko": "Korean", "ku": "Kurdish", "ky": "Kyrgyz", "la": "Latin", "lb": "Luxembourgish", "lo": "Lao",
    "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "ml": "Malayalam", "mn": "Mongolian", "mr": "Marathi",
    "ms": "Malay", "mt": "Maltese", "nb": "Norwegian", "ne": "Nepali", "nl": "Dutch", "nn": "Norwegian (Nynorsk)",
    "no": "Norwegian", "pa": "Punjabi", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian",
    "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "th": "Thai", "tl": "Tagalog", "tr": "Turkish",
    "ug": "Uyghur", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "zh": "Chinese",
    "zu": "Zulu",
})  # fmt: skip


def recognise(text: str) -> str | None:
    """The ISO 639 code of a text's language; None where it is too short, or not sure enough."""
    half = max(0, len(text) // 2 - _SAMPLE_CHARS // 2)
    sample = f"{text[:_SAMPLE_CHARS]} {text[max(half, _SAMPLE_CHARS) :][:_SAMPLE_CHARS]}"
    words = _WORD.findall(sample.lower())
    if sum(map(len, words)) < _MIN_LETTERS:
        return None
    small = [word for word in words if word in _ENGLISH_WORDS]
    if len(small) > _MANY * len(words) and small.count("the") > 1:
        # Most reports are English, and the model takes longer to say so.
        return ENGLISH
    code, sure = _identifier().classify(sample)
    return str(code) if code == ENGLISH or sure >= _SURE else None


def agree(declared: str | None, recognised: str | None) -> bool:
    """Whether what a page says of its language ("en-GB") is what its words are in; what is not known agrees."""
    if not declared or not recognised:
        return True
    primary = declared.strip().lower().replace("_", "-").split("-")[0]
    name = NAMES.get(recognised, recognised).lower()
    return primary == recognised or NAMES.get(primary, "").lower() == name or primary[:3] == name[:3]


def name_of(code: str) -> str:
    """A language's English name; its code where it is not among those known here."""
    return NAMES.get(code.lower().replace("_", "-").split("-")[0], code)


@cache
def _identifier() -> Any:
    """Loaded once, from the package's own model: nothing is fetched."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
