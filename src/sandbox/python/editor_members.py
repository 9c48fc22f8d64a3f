"""What can stand after a dot or after `import`."""

import functools
import importlib.machinery
import inspect
import pkgutil
import sys
import types

from gateway_lab import left_out
from gateway_lab.editor_inference import Values
from gateway_lab.editor_libraries import fields_of
from gateway_lab.editor_values import Instance, Own, OwnInstance, Thing, stored_in
from gateway_lab.editor_words import kind_of

#: The packages that programs are written with; the others are there for these.
CLIENTS = ("requests", "httpx", "urllib3", "tenacity")


@functools.cache
def modules():
    """What a program can import."""
    here = {name for _, name, _ in pkgutil.iter_modules()} | set(sys.builtin_module_names) | set(sys.modules)
    return [*CLIENTS, *sorted(here & sys.stdlib_module_names - left_out.LEFT_OUT)]


def _belongs(found, module):
    """Whether a name of a package is one of its own, not one that it imported."""
    package = module.__name__.partition(".")[0]
    if package in sys.stdlib_module_names:
        return not isinstance(found, types.ModuleType) or found.__name__.startswith(f"{module.__name__}.")
    origin = found.__name__ if isinstance(found, types.ModuleType) else getattr(found, "__module__", None)
    return not isinstance(origin, str) or origin.partition(".")[0] == package


def members(value):
    """What can stand after the dot, with kinds."""
    match value:
        case Thing(object=types.ModuleType() as module):
            items = {}
            public = getattr(module, "__all__", ())
            for name in dir(module):
                found = getattr(module, name, None)
                hidden = isinstance(found, importlib.machinery.ModuleSpec) or type(found).__name__ == "_Feature"
                if not hidden and (name in public or _belongs(found, module)):
                    items[name] = kind_of(Thing(found))
            return items
        case Thing(object=type() as owner):
            return _of_class(owner)
        case Thing(object=found):
            return _of_class(type(found)) | dict.fromkeys(getattr(found, "__dict__", {}), "field")
        case Instance(type=owner):
            return {**dict.fromkeys(sorted(fields_of(owner)), "field"), **_of_class(owner)}
        case Own(is_class=True) | OwnInstance():
            own = value.own if isinstance(value, OwnInstance) else value
            items = {}
            if own is not value:
                items |= {name: "field" for _, name, _ in stored_in(own.scope)}
            for name, _, what in own.scope.bindings:
                items[name] = "method" if what[0] == "own" else "field"
            for base in Values().bases(own):
                items = members(Values().made(base) if own is not value else base) | items
            return items
    return {}


def _of_class(owner):
    items = {}
    for name in dir(owner):
        try:
            found = inspect.getattr_static(owner, name)
        except AttributeError:
            continue
        calls = callable(found) or isinstance(found, (staticmethod, classmethod))
        items[name] = "class" if isinstance(found, type) else "method" if calls else "property"
    return items


def submodules(module):
    """The modules of a package, imported or not."""
    return {
        name: "module"
        for _, name, _ in pkgutil.iter_modules(getattr(module, "__path__", []))
        if f"{module.__name__}.{name}" not in left_out.LEFT_OUT and not name.startswith("__")
    }
