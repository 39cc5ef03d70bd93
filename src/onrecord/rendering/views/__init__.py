"""What is shown of a story's claims, conflicts, documents, statements and sources, before any format lays it out."""
