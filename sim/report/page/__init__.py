"""The page a reviewer opens: one self-contained HTML file."""
