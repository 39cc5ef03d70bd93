"""Where a desk is kept: one SQLite file, or a PostgreSQL database."""
