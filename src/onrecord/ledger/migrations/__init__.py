"""How a desk's tables came to be, step by step; a migration that was released is never edited."""
