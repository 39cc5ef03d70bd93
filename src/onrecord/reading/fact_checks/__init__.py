"""Fact checks as structured data (schema.org ClaimReview): in pages, in feeds, in answers of a fact-check search."""
