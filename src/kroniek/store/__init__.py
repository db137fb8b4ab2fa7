"""The chronicle file: one SQLite database with reports, everything found in them, and the merged layer."""
