"""Quotations in languages that are not analysed otherwise, by rules: marks and cue verbs, a TOML file a language."""
