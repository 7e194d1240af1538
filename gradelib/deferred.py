"""A module that takes long to import, and is loaded when one of its functions is called.

nbformat checks notebooks with jsonschema. That imports a parser of addresses (IRIs), whose grammar
takes two seconds to build, and no notebook has an address that is checked.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

__all__ = ["defer"]


def defer(name: str, *functions: str) -> None:
    """Let `import name` wait until one of these functions is called, or another name is asked for.

    Does nothing if there is no such module, or if it has been imported already.
    """
    spec = None if name in sys.modules else find_spec(name)
    if spec is None:
        return
    module = _Deferred(name)
    module.__spec__, module.__path__ = spec, list(spec.submodule_search_locations or ())
    for function in functions:
        setattr(module, function, _later(module, function))
    sys.modules[name] = module


class _Deferred(ModuleType):
    """Stands in `sys.modules` for a module that nobody has needed yet."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # the import system asks for these
            raise AttributeError(name)
        return getattr(_load(self), name)


def _load(module: _Deferred) -> ModuleType:
    if sys.modules.get(module.__name__) is module:
        del sys.modules[module.__name__]
    return import_module(module.__name__)


def _later(module: _Deferred, name: str) -> Callable[..., Any]:
    def call(*args: Any, **named: Any) -> Any:
        return getattr(_load(module), name)(*args, **named)

    return call
