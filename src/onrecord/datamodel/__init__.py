"""The field's nouns as frozen values."""
