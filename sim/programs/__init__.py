"""What one attempt at a step consists of: from preparing the papers to the decision, for all cases at once."""

from .build import ProgramBuilder
from .lines import OFFICE

__all__ = ["OFFICE", "ProgramBuilder"]
