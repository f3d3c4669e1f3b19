"""Machine code as bytes, which a process can take up without the compiler that made it."""

from __future__ import annotations

from collections.abc import Callable
from ctypes import CFUNCTYPE, POINTER, byref, c_int32, c_int64, c_void_p
from functools import cache
from typing import Any, NamedTuple

from llvmlite import binding

OPTIMISED = 3
"""How much LLVM is to think about it, of 0 to 3."""
_CALLED = CFUNCTYPE(c_int32, POINTER(c_int64), POINTER(c_void_p), c_int64)
"""How Numba calls: where the result goes, and an error, and the number; 0 where there is a result."""


class Code(NamedTuple):
    """The machine code of a function from a number to a number, for processors like this one."""

    name: str
    """What it is called in the object file."""
    content: bytes
    """The object file."""


def processor() -> str:
    """For which processors machine code is made here."""
    return f"{binding.get_host_cpu_name()} {binding.get_host_cpu_features().flatten()}"


def assembled(name: str, text: str) -> Code:
    """Return the machine code of a function that LLVM reads in a text with all that it calls.

    What it calls is there for it alone, and is taken into it where that is short or done once. Raises ImportError where
    it needs more than is in the text.
    """
    module, target = binding.parse_assembly(text), _target()
    for function in module.functions:
        if not function.is_declaration and function.name != name:
            function.linkage = "internal"
    passes = binding.create_pass_builder(target, binding.create_pipeline_tuning_options(speed_level=OPTIMISED))
    passes.getModulePassManager().run(module, passes)
    if needed := [f.name for f in module.functions if f.is_declaration and not f.name.startswith("llvm.")]:
        raise ImportError(f"machine code needs {', '.join(needed)}")
    return Code(name, target.emit_object(module))


def taken_up(code: Code) -> Callable[[int], int]:
    """Return the function that some machine code is; it raises OverflowError where that ends in an error."""
    engine = binding.create_mcjit_compiler(binding.parse_assembly(""), _target())
    engine.add_object_file(binding.ObjectFileRef.from_data(code.content))
    engine.finalize_object()
    call = _CALLED(engine.get_function_address(code.name))

    def function(number: int) -> int:
        found, error = c_int64(), c_void_p()
        if call(byref(found), byref(error), number):
            raise OverflowError
        return found.value

    function.__dict__["engine"] = engine  # which has the code as long as it is there
    return function


@cache
def _prepared() -> Any:
    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    return binding.Target.from_default_triple()


def _target() -> Any:
    cpu, features = binding.get_host_cpu_name(), binding.get_host_cpu_features().flatten()
    return _prepared().create_target_machine(
        cpu, features, opt=OPTIMISED, reloc="pic", codemodel="jitdefault", jit=True
    )
