"""For packages that are Django apps and offer names of their modules.

Django imports the package of each app before models may be imported, so such a package imports nothing at first.
A module and a name in it must not be called alike: importing the module would hide the name.
"""

from collections.abc import Callable, Collection, Iterable
from importlib import import_module
from typing import Any


def lazy_names(package: str, modules: Iterable[str], names: Collection[str]) -> Callable[[str], Any]:
    """The `__getattr__` of a package: each of the names comes from the first of the modules that has it."""

    def get(name: str) -> Any:
        if name in names:
            for module in modules:
                found = import_module(f"{package}.{module}")
                if hasattr(found, name):
                    return getattr(found, name)
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return get
