"""Which names a program binds, and to what, by its text alone. Nothing of it runs."""

import ast
import re

_MOST_REPAIRS = 40
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def parse(text, line=0):
    """The tree of a program that is being written: lines that do not parse are left out, the caret's first."""
    try:
        filled = text.split("\n")
        if 0 < line <= len(filled) and not filled[line - 1].strip():
            # An empty line belongs to the block that it is indented for.
            filled[line - 1] += "pass"
        return ast.parse("\n".join(filled))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    lines = text.split("\n")
    blamed = line
    for _ in range(_MOST_REPAIRS):
        try:
            return ast.parse("\n".join(lines))
        except SyntaxError as error:
            if 0 < blamed <= len(lines) and not _opens_block(lines[blamed - 1]):
                _blank(lines, blamed)
            elif not _repair(lines, error):
                break
            blamed = 0
        except (ValueError, RecursionError, MemoryError):
            break
    return ast.parse("")


def _opens_block(line):
    return re.match(r"\s*(?:async|class|def|elif|else|except|finally|for|if|try|while|with)\b.*:\s*(?:#.*)?\Z", line)


def _indent(line):
    return line[: len(line) - len(line.lstrip())]


def _blank(lines, number):
    """Puts `pass` in the place of a line; nothing where `pass` does not help either."""
    line = lines[number - 1]
    lines[number - 1] = "" if line.strip() == "pass" else f"{_indent(line)}pass"


def _repair(lines, error):
    number = min(max(error.lineno or 1, 1), len(lines))
    header = re.search(r" on line (\d+)$", error.msg)
    if header and error.msg.startswith("expected an indented block"):
        index = int(header[1]) - 1
        lines[index] = re.sub(r"\s*#.*", "", lines[index]) + " pass"
        return True
    if "'except' or 'finally'" in error.msg:
        for index in range(min(number, len(lines)) - 1, -1, -1):
            if re.match(r"\s*try\s*:", lines[index]):
                lines[index] = lines[index].replace("try", "if 1", 1)
                return True
    if isinstance(error, IndentationError):
        lines[number - 1] = ""
        return True
    while number > 0 and not lines[number - 1].strip():
        number -= 1
    if number == 0:
        return False
    _blank(lines, number)
    return True


class Scope:
    """A module, a class or a function, and what it binds: name, line, what to. `what` is for `editor_values.py`."""

    def __init__(self, node, parent=None):
        self.node, self.parent = node, parent
        self.bindings = []
        self.children = []
        if isinstance(node, _FUNCTIONS):
            self._parameters(node.args)
        body = node.body if isinstance(node.body, list) else [node.body]
        for statement in body:
            self._visit(statement)

    def bind(self, name, node, *what):
        self.bindings.append((name, getattr(node, "lineno", 0), what))

    def _parameters(self, arguments):
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        for index, argument in enumerate(every):
            if index == 0 and self.parent and isinstance(self.parent.node, ast.ClassDef):
                self.bind(argument.arg, argument, "self")
            else:
                default = default_of(arguments, argument)
                self.bind(argument.arg, argument, "parameter", argument.annotation, default)
        for argument, of in ((arguments.vararg, tuple), (arguments.kwarg, dict)):
            if argument:
                self.bind(argument.arg, argument, "instance", of)

    def _target(self, target, *what):
        match target:
            case ast.Name():
                self.bind(target.id, target, *what)
            case ast.Tuple() | ast.List():
                for index, part in enumerate(target.elts):
                    self._target(part, "part", index, what)
            case ast.Starred():
                self._target(target.value, "instance", list)

    def _visit(self, node):
        match node:
            case ast.Import():
                for name in node.names:
                    first = name.name.partition(".")[0]
                    self.bind(name.asname or first, node, "module", name.name if name.asname else first, name.name)
                return
            case ast.ImportFrom():
                for name in node.names:
                    self.bind(name.asname or name.name, node, "from", "." * node.level + (node.module or ""), name.name)
                return
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                child = Scope(node, self)
                self.children.append(child)
                self.bind(node.name, node, "own", child)
                return
            case ast.Lambda():
                self.children.append(Scope(node, self))
                return
            case ast.Assign():
                for target in node.targets:
                    self._target(target, "value", node.value)
            case ast.AnnAssign():
                self._target(node.target, "annotated", node.annotation)
            case ast.NamedExpr():
                self._target(node.target, "value", node.value)
            case ast.For() | ast.AsyncFor() | ast.comprehension():
                self._target(node.target, "element", node.iter)
            case ast.With() | ast.AsyncWith():
                for item in node.items:
                    if item.optional_vars:
                        self._target(item.optional_vars, "entered", item.context_expr)
            case ast.ExceptHandler():
                if node.name and node.type:
                    self.bind(node.name, node, "caught", node.type)
        for child in ast.iter_child_nodes(node):
            self._visit(child)

    def at(self, line, column):
        """The innermost scope that a place is in."""
        for child in self.children:
            node = child.node
            if isinstance(node, ast.Lambda):
                continue
            inside = node.lineno < line <= node.end_lineno
            if inside or (line == node.lineno == node.end_lineno and column > node.col_offset):
                return child.at(line, column)
        return self

    def chain(self):
        """This scope and those around it; a function does not see the names of the class that it is in."""
        scope, inner = self, True
        while scope:
            if inner or not isinstance(scope.node, ast.ClassDef):
                yield scope
            inner = False
            scope = scope.parent

    def find(self, name, line):
        """Where a name gets its value for a line: the scope, the line and what it is bound to; None when nowhere."""
        for index, scope in enumerate(self.chain()):
            found = [binding for binding in scope.bindings if binding[0] == name]
            if not found:
                continue
            before = [binding for binding in found if index > 0 or binding[1] <= line]
            _, at, what = before[-1] if before else found[0]
            return scope, at, what
        return None


def default_of(arguments, argument):
    """The default of a parameter; None when it has none."""
    positional = [*arguments.posonlyargs, *arguments.args]
    if argument in positional:
        index = positional.index(argument) - (len(positional) - len(arguments.defaults))
        return arguments.defaults[index] if index >= 0 else None
    if argument in arguments.kwonlyargs:
        return arguments.kw_defaults[arguments.kwonlyargs.index(argument)]
    return None
