"""Arrays and tables for modules that are read by commands which compute nothing: their libraries load when first used.

Checking a file needs the names of all measures and distributions, and none of their numbers. Modules of the engine, in
which arrays are at work as soon as they are imported, import numpy themselves.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Ints32 = NDArray[np.int32]
    Whole = NDArray[np.signedinteger[Any]]
    Floats = NDArray[np.float64]
    Mask = NDArray[np.bool_]
else:

    class _Later(ModuleType):
        """A module that is imported when something of it is first asked for; from then on it is as fast as itself."""

        def __getattr__(self, name: str) -> Any:
            """Import the module and keep all that it holds."""
            module = import_module(self.__name__)
            vars(self).update(vars(module))
            return getattr(module, name)

    np, pd = _Later("numpy"), _Later("pandas")
    NDArray = Ints = Ints32 = Whole = Floats = Mask = Any

__all__ = ["Floats", "Ints", "Ints32", "Mask", "NDArray", "Whole", "np", "pd"]
