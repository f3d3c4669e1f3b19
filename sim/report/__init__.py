"""The page a reviewer opens: one self-contained HTML file."""

from .page import write

__all__ = ["write"]
