"""What the editor reads of the libraries: their modules and sources, and what functions return that do not say so."""

import ast
import contextlib
import functools
import importlib
import inspect
import io
import sys
import textwrap
import types
from annotationlib import Format, get_annotations

from gateway_lab import left_out
from gateway_lab.editor_scopes import Scope
from gateway_lab.editor_values import Instance, Thing, stores

#: Modules that do something when they are imported, or that lead out of Python.
_NOT_IMPORTED = frozenset("antigravity js pyodide_js this __main__".split())


#: What functions return that do not say so.
RETURNED = {
    "urllib.request.urlopen": "http.client.HTTPResponse",
    "urllib.request.OpenerDirector.open": "http.client.HTTPResponse",
    "http.client.HTTPConnection.getresponse": "http.client.HTTPResponse",
    "socket.create_connection": "socket.socket",
    "_io.open": "io.TextIOWrapper",
    "re.compile": "re.Pattern",
    **{f"re.{name}": "re.Match" for name in ("match", "search", "fullmatch")},
    **{f"time.{name}": "builtins.float" for name in ("time", "monotonic", "perf_counter")},
    **{f"builtins.{name}": "builtins.str" for name in ("input", "repr", "ascii", "chr", "hex", "format")},
    **{f"builtins.{name}": "builtins.int" for name in ("len", "ord", "hash", "id")},
    **{f"builtins.{name}": "builtins.list" for name in ("sorted", "dir")},
    "json.dumps": "builtins.str",
    "json.loads": "builtins.dict",
    "requests.models.Response.json": "builtins.dict",
    "httpx.Response.json": "builtins.dict",
    "builtins.str.encode": "builtins.bytes",
    "builtins.bytes.decode": "builtins.str",
}
SAME = frozenset(
    """capitalize casefold center copy expandtabs format join ljust lower lstrip removeprefix removesuffix replace rjust
    rstrip strip swapcase title translate upper zfill astimezone now utcnow today fromtimestamp fromisoformat""".split()
)
LISTS = frozenset("split rsplit splitlines keys values items".split())


def imported(name):
    """A module of the standard library or of a package that is here; None when it is neither."""
    if name in sys.modules and not name.startswith("gateway_lab"):
        return sys.modules[name]
    first = name.partition(".")[0]
    if first in _NOT_IMPORTED or first == "gateway_lab" or name.endswith("__main__") or name in left_out.LEFT_OUT:
        return None
    said = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = io.StringIO()
    try:
        return importlib.import_module(name)
    except BaseException:
        return None
    finally:
        sys.stdout, sys.stderr = said


class Library:
    """The names that a library's own code sees: a function's arguments, then its module's names."""

    def __init__(self, globals, scope=None):
        self.globals, self.scope = globals, scope


@functools.cache
def scope_of(function):
    """The scope of a library's function by its source; None without one."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError, ValueError):
        return None
    scope = Scope(tree)
    return scope.children[0] if scope.children else None


def only_for_types(name, place):
    """A class that a library imports for annotations only: one of that name in the same package."""
    package = str(place.globals.get("__name__", "")).partition(".")[0]
    for module_name, module in list(sys.modules.items()):
        found = vars(module).get(name) if module_name.partition(".")[0] == package else None
        if isinstance(found, type) and found.__module__.partition(".")[0] == package:
            return Thing(found)
    return None


def self_of(function):
    """An object of the class that a class method written in C belongs to."""
    owner = getattr(function, "__self__", None)
    return Instance(owner) if isinstance(owner, type) else None


@functools.cache
def fields_of(owner):
    """Names of the attributes that objects of a library's class have besides the class's own."""
    names = set()
    for each in owner.__mro__:
        with contextlib.suppress(Exception):
            names.update(get_annotations(each, format=Format.STRING))
        init = vars(each).get("__init__")
        scope = scope_of(init) if isinstance(init, types.FunctionType) else None
        names.update(name for _, name, _ in (stores(scope.node) if scope else ()))
    return frozenset(names)
