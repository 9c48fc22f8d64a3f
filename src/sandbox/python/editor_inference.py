"""What the names and expressions of a program stand for, as far as its text and the libraries' annotations tell."""

import ast
import builtins
import contextlib
import functools
import inspect
import sys
import types
import typing
from annotationlib import Format, get_annotations

from gateway_lab.editor_libraries import (
    LISTS,
    RETURNED,
    SAME,
    Library,
    imported,
    only_for_types,
    scope_of,
    self_of,
)
from gateway_lab.editor_values import (
    Awaitable,
    Instance,
    Own,
    OwnInstance,
    Thing,
    constant,
    own_nodes,
    stored_in,
    stores,
)

_DEEPEST = 24


class Values:
    """@place: a `Scope` of the program, or a `Library`; with the line at which its names are asked for."""

    def __init__(self):
        self._depth = 0

    def of(self, node, place, line=10**9):
        """What an expression stands for; None where nobody knows."""
        if self._depth > _DEEPEST:
            return None
        self._depth += 1
        try:
            return self._of(node, place, line)
        finally:
            self._depth -= 1

    def _of(self, node, place, line):
        match node:
            case ast.Name():
                return self.name(node.id, place, line)
            case ast.Attribute():
                return self.attribute(self.of(node.value, place, line), node.attr)
            case ast.Call():
                return self.called(self.of(node.func, place, line))
            case ast.Await():
                value = self.of(node.value, place, line)
                return value.value if isinstance(value, Awaitable) else None
            case ast.Constant():
                return constant(node)
            case ast.JoinedStr():
                return Instance(str)
            case ast.List() | ast.ListComp():
                first = node.elts[0] if isinstance(node, ast.List) and node.elts else None
                return Instance(list, first and self.of(first, place, line))
            case ast.Tuple():
                return Instance(tuple, node.elts and self.of(node.elts[0], place, line) or None)
            case ast.Dict() | ast.DictComp():
                return Instance(dict)
            case ast.Set() | ast.SetComp():
                return Instance(set)
            case ast.Compare():
                return Instance(bool)
            case ast.BinOp():
                return self.of(node.left, place, line)
            case ast.BoolOp():
                return next(filter(None, (self.of(value, place, line) for value in node.values)), None)
            case ast.IfExp():
                return self.of(node.body, place, line) or self.of(node.orelse, place, line)
            case ast.NamedExpr():
                return self.of(node.value, place, line)
            case ast.Subscript():
                value = self.of(node.value, place, line)
                if isinstance(node.slice, ast.Slice):
                    return value
                return value.element if isinstance(value, Instance) and value.type in (list, tuple) else None
        return None

    def name(self, name, place, line=10**9):
        library = isinstance(place, Library)
        scope = place.scope if library else place
        found = scope.find(name, line) if scope else None
        if found:
            where, at, what = found
            return self.bound(what, Library(place.globals, where) if library else where, at)
        if library and name in place.globals:
            return Thing(place.globals[name])
        if hasattr(builtins, name):
            return Thing(getattr(builtins, name))
        return only_for_types(name, place) if library else None

    def bound(self, what, place, line):
        """What a name stands for that is bound like this, see `Scope`."""
        match what:
            case ("module", name, *whole):
                if whole:
                    imported(whole[0])
                module = imported(name)
                return Thing(module) if module else None
            case ("from", module, name):
                owner = imported(module)
                if owner is None:
                    return None
                found = self.attribute(Thing(owner), name)
                submodule = None if found else imported(f"{module}.{name}")
                return found or (Thing(submodule) if submodule else None)
            case ("own", scope):
                return Own(scope)
            case ("value", expression):
                # The name may be in its own value: `response = response.json()`.
                return self.of(expression, place, line - 1 if expression.lineno == line else line)
            case ("annotated", annotation):
                return self.annotated(annotation, place)
            case ("parameter", annotation, default):
                if annotation:
                    return self.annotated(annotation, place)
                return self.of(default, place) if default else None
            case ("self",):
                scope = place.scope if isinstance(place, Library) else place
                return OwnInstance(Own(scope.parent)) if scope and scope.parent else None
            case ("instance", of):
                return Instance(of)
            case ("element", expression):
                value = self.of(expression, place, line)
                return value.element if isinstance(value, Instance) else None
            case ("entered", expression):
                return self.entered(self.of(expression, place, line))
            case ("caught", expression):
                if isinstance(expression, ast.Tuple) and expression.elts:
                    expression = expression.elts[0]
                return self.made(self.of(expression, place, line))
            case ("part", index, ("value", ast.Tuple(elts=parts))):
                return self.of(parts[index], place, line) if index < len(parts) else None
        return None

    def made(self, value):
        """An object of a class."""
        if isinstance(value, Thing) and isinstance(value.object, type):
            return Instance(value.object)
        return OwnInstance(value) if isinstance(value, Own) and value.is_class else None

    def entered(self, value):
        """What `with` gives."""
        if not isinstance(value, Instance):
            return value
        if value.element:
            return value.element
        for name in ("__enter__", "__aenter__"):
            if hasattr(value.type, name):
                given = self.called(self.attribute(value, name))
                return (given.value if isinstance(given, Awaitable) else given) or value
        return value

    def annotated(self, node, place, of=None):
        """An object of the type that an annotation names. @of: what `Self` is"""
        match node:
            case ast.Constant(value=str() as text):
                with contextlib.suppress(SyntaxError, ValueError):
                    return self.annotated(ast.parse(text.strip(), mode="eval").body, place, of)
                return None
            case ast.BinOp(op=ast.BitOr()):
                return self.annotated(node.left, place, of) or self.annotated(node.right, place, of)
            case ast.Subscript():
                inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
                name = getattr(node.value, "attr", getattr(node.value, "id", ""))
                if name in ("Optional", "Union", "Annotated", "Final", "ClassVar"):
                    return next(filter(None, (self.annotated(part, place, of) for part in inner)), None)
                if name in ("Awaitable", "Coroutine"):
                    return Awaitable(self.annotated(inner[-1], place, of))
                whole = self.annotated(node.value, place, of)
                if isinstance(whole, Instance):
                    return Instance(whole.type, self.annotated(inner[0], place, of))
                return whole
            case ast.Name(id="Self") | ast.Attribute(attr="Self"):
                return of
        value = self.of(node, place)
        return self._of_type(value.object, of) if isinstance(value, Thing) else self.made(value)

    def _of_type(self, type_, of):
        if type_ in (None, types.NoneType, typing.Any):
            return None
        if isinstance(type_, type):
            return Instance(type_)
        if isinstance(type_, typing.TypeVar):
            # A `self` of any kind is written like this.
            bound = type_.__bound__
            return of if of and isinstance(bound, (str, typing.ForwardRef)) else self._of_type(bound, of)
        origin = typing.get_origin(type_)
        if origin in (typing.Union, types.UnionType, typing.Annotated):
            return next(filter(None, (self._of_type(part, of) for part in typing.get_args(type_))), None)
        return Instance(origin) if isinstance(origin, type) else None

    def called(self, value):
        """What a call of it gives."""
        if isinstance(value, Own):
            return OwnInstance(value) if value.is_class else self._returned_by_own(value)
        if isinstance(value, (Instance, OwnInstance)):
            return self.called(self.attribute(value, "__call__"))
        if not isinstance(value, Thing):
            return None
        if isinstance(value.object, type):
            return Instance(value.object) if value.object not in (type, super, object) else None
        function = inspect.unwrap(value.object) if callable(value.object) else value.object
        name = f"{getattr(function, '__module__', None) or 'builtins'}.{getattr(function, '__qualname__', '')}"
        if not isinstance(function, types.FunctionType):
            owner = getattr(function, "__objclass__", None)
            name = f"builtins.{owner.__name__}.{function.__name__}" if owner else name
        if name in RETURNED:
            module, _, kind = RETURNED[name].rpartition(".")
            return Instance(getattr(imported(module), kind))
        if not isinstance(function, types.FunctionType):
            last = getattr(function, "__name__", "")
            return (value.bound or self_of(function)) if last in SAME else Instance(list) if last in LISTS else None
        returned = self._returned_by(function, value.bound)
        return Awaitable(returned) if inspect.iscoroutinefunction(function) else returned

    def _returned_by(self, function, bound):
        place = Library(function.__globals__)
        with contextlib.suppress(Exception):
            annotation = get_annotations(function, format=Format.STRING).get("return")
            if annotation is not None:
                return self.annotated(ast.Constant(annotation), place, bound)
        scope = scope_of(function)
        return self._last_returned(scope, Library(function.__globals__, scope)) if scope else None

    def _returned_by_own(self, own):
        node = own.scope.node
        if isinstance(node, ast.Lambda):
            return self.of(node.body, own.scope)
        if node.returns:
            value = self.annotated(node.returns, own.scope, own.bound)
        else:
            value = self._last_returned(own.scope, own.scope)
        return Awaitable(value) if isinstance(node, ast.AsyncFunctionDef) else value

    def _last_returned(self, scope, place):
        returns = [node for node in own_nodes(scope.node) if isinstance(node, ast.Return) and node.value]
        return next(filter(None, (self.of(node.value, place, node.lineno) for node in reversed(returns))), None)

    def attribute(self, value, name):
        """What `value.name` stands for."""
        match value:
            case Thing(object=types.ModuleType() as module):
                with contextlib.suppress(Exception):
                    return Thing(getattr(module, name))
                return None
            case Thing(object=type() as owner):
                with contextlib.suppress(Exception):
                    return Thing(getattr(owner, name))
                return None
            case Thing():
                return self._of_instance(Instance(type(value.object)), name)
            case Instance():
                return self._of_instance(value, name)
            case Own(is_class=True):
                return self._of_own(value, name, None)
            case OwnInstance():
                return self._of_own(value.own, name, value)
        return None

    def _of_own(self, own, name, instance):
        found = [what for bound, _, what in own.scope.bindings if bound == name]
        if found:
            value = self.bound(found[-1], own.scope, 10**9)
            return Own(value.scope, instance) if isinstance(value, Own) and instance else value
        if instance:
            for place, attribute, expression in stored_in(own.scope):
                if attribute == name:
                    return self.of(expression, place)
        for base in self.bases(own):
            value = self.attribute(self.made(base) if instance else base, name)
            if value:
                return value
        return None

    def bases(self, own):
        """The classes that a class of the program is made from."""
        values = (self.of(base, own.scope.parent) for base in own.scope.node.bases)
        return [value for value in values if self.made(value)]

    def _of_instance(self, instance, name):
        try:
            found = inspect.getattr_static(instance.type, name)
        except AttributeError:
            return self._stored(instance, name)
        function = found.fget if isinstance(found, property) else getattr(found, "func", None)
        if isinstance(found, (property, functools.cached_property)):
            return self._returned_by(inspect.unwrap(function), instance) if function else None
        if isinstance(found, (staticmethod, classmethod)):
            return Thing(getattr(instance.type, name))
        if callable(found):
            return Thing(found, instance)
        return self._stored(instance, name) or (None if inspect.isdatadescriptor(found) else Thing(found))

    def _stored(self, instance, name):
        """An attribute that the class declares, or that `__init__` gives to its objects."""
        for owner in instance.type.__mro__:
            place = Library(vars(sys.modules.get(owner.__module__, builtins)))
            with contextlib.suppress(Exception):
                annotation = get_annotations(owner, format=Format.STRING).get(name)
                if annotation is not None:
                    return self.annotated(ast.Constant(annotation), place, instance)
            init = vars(owner).get("__init__")
            scope = scope_of(init) if isinstance(init, types.FunctionType) else None
            for node, attribute, expression in stores(scope.node) if scope else ():
                if attribute == name:
                    inside = Library(init.__globals__, scope)
                    if isinstance(node, ast.AnnAssign):
                        return self.annotated(node.annotation, inside, instance)
                    return self.of(expression, inside, node.lineno)
        return None
