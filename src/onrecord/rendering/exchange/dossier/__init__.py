"""A claim or a story as a document to hand on: for paper, for Word, for a lawyer's file."""
