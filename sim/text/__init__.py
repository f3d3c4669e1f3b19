"""YAML in and out: documents with the line of everything in them, and misprints."""
