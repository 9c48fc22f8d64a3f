"""What the names of a program can stand for. `editor_inference.py` finds out."""

import ast

class Thing:
    """Something that exists: a module, a class, a function. `bound`: what a method is taken from."""

    def __init__(self, object, bound=None):
        self.object, self.bound = object, bound


class Instance:
    """Some object of a class. `element`: what iterating over it, or entering it, gives."""

    def __init__(self, type, element=None):
        self.type, self.element = type, element


class Own:
    """A function or a class that the program defines. `bound`: an object of the program's class."""

    def __init__(self, scope, bound=None):
        self.scope, self.bound = scope, bound

    @property
    def is_class(self):
        return isinstance(self.scope.node, ast.ClassDef)


class OwnInstance:
    """Some object of a class that the program defines."""

    def __init__(self, own):
        self.own = own


class Awaitable:
    def __init__(self, value):
        self.value = value


def constant(node):
    return Instance(type(node.value)) if node.value is not None and node.value is not ... else None


def own_nodes(node):
    """The nodes of a function without those of the functions in it."""
    for child in ast.iter_child_nodes(node):
        yield child
        if not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            yield from own_nodes(child)


def stores(node):
    """Where a method gives attributes to `self`."""
    for child in ast.walk(node):
        targets = child.targets if isinstance(child, ast.Assign) else [getattr(child, "target", None)]
        for target in targets if isinstance(child, (ast.Assign, ast.AnnAssign)) else ():
            match target:
                case ast.Attribute(value=ast.Name(id="self"), attr=name):
                    yield child, name, child.value


def stored_in(scope):
    """The attributes that the methods of a class of the program give to `self`: the method's scope, name, value."""
    for method in scope.children:
        for _, name, expression in stores(method.node):
            if expression is not None:
                yield method, name, expression
