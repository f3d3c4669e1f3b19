"""Numba, made to translate functions that call one another without making machine code of each.

As it comes, Numba optimises every function with all that it calls and makes machine code of it, in case somebody calls
it from Python; of a hundred functions that call one another, that is the same code over and over. Here a function is
only translated into what LLVM reads, and whoever calls it has it linked in.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from numba.core.codegen import JITCodeLibrary, JITCPUCodegen
from numba.core.cpu import CPUContext
from numba.core.dispatcher import Dispatcher
from numba.core.registry import CPUTarget
from numba.core.target_extension import CPU, dispatcher_registry, jit_registry, target_registry

from sim.engine.fast.machine import Code, assembled

NAME = "linked"
"""What Numba knows this way of translating by."""


class _Linked(JITCodeLibrary):  # type: ignore[misc]
    """A function that is only ever linked to others."""

    def _optimize_final_module(self) -> None:
        """Leave it to whoever has the whole: only there is it known what is called from where."""

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        """No machine code is made that could be pointed to."""
        del name
        self._ensure_finalized()
        return 0


class _Codegen(JITCPUCodegen):  # type: ignore[misc]
    _library_class = _Linked

    def set_env(self, env_name: str, env: object) -> None:
        """Only what is called from Python has an environment."""


class _Context(CPUContext):  # type: ignore[misc]
    def init(self) -> None:
        """Begin as on the processor, but for what becomes of a function."""
        super().init()
        self._internal_codegen = _Codegen("linked")


class _Target(CPUTarget):  # type: ignore[misc]
    @cached_property
    def _toplevel_target_context(self) -> _Context:
        return _Context(self.typing_context, self._target_name)


class _Processor(CPU):  # type: ignore[misc]
    """What functions are translated for."""


class Linked(Dispatcher):
    """A function that is translated when it is first called by another that is."""

    targetdescr = _Target(NAME)

    def __init__(self, py_func: Callable[..., Any], taken_in: bool = False, **_others: Any) -> None:
        called_here = {"nopython": True, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
        unchecked = {"error_model": "numpy"}  # to divide by 0 is no error, which would cost a look
        super().__init__(py_func, targetoptions={**called_here, **unchecked, "forceinline": taken_in})


def _jit(*_args: Any, **_options: Any) -> type[Linked]:
    """What Numba's own functions are decorated with that are called by translated ones."""
    return Linked


target_registry[NAME] = _Processor
dispatcher_registry[_Processor], jit_registry[_Processor] = Linked, _jit


def machine_code(function: Callable[[int], int]) -> Code:
    """Return the machine code of a function from a number to a number, made now; it needs nothing but itself to run."""
    made = Linked(function)
    made.compile("int64(int64)")
    (found,) = made.overloads.values()
    return assembled(found.fndesc.llvm_func_name, found.library.get_llvm_str())
