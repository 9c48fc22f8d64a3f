"""How the editor describes what a name stands for: kind, signature, first paragraph of the documentation."""

import ast
import contextlib
import inspect
import re
import types
from annotationlib import Format

from gateway_lab.editor_scopes import default_of
from gateway_lab.editor_values import Awaitable, Instance, Own, OwnInstance, Thing

_EMPTY = inspect.Parameter.empty


def kind_of(value):
    """One of the kinds of `questions.ts`."""
    match value:
        case Thing(object=types.ModuleType()):
            return "module"
        case Thing(object=type()):
            return "class"
        case Thing(object=found, bound=bound):
            return "method" if bound or inspect.ismethod(found) else "function" if callable(found) else "variable"
        case Own(is_class=True):
            return "class"
        case Own(bound=bound):
            return "method" if bound else "function"
    return "variable"


def type_name(value):
    """What a value is, as people write its type; empty when unknown."""
    match value:
        case Thing(object=found):
            return f"type[{found.__name__}]" if isinstance(found, type) else type(found).__name__
        case Instance(type=kind):
            return kind.__qualname__
        case OwnInstance(own=own):
            return own.scope.node.name
        case Awaitable(value=inner):
            return f"Awaitable[{type_name(inner) or '…'}]"
    return ""


def name_of(value):
    match value:
        case Thing(object=found):
            return getattr(found, "__name__", "")
        case Own(scope=scope):
            return getattr(scope.node, "name", "lambda")
    return ""


def signature_of(value):
    """The signature of what can be called: `inspect.Signature`; None when it cannot be, or says nothing."""
    match value:
        case Own(is_class=True, scope=scope):
            found = next((child for child in scope.children if getattr(child.node, "name", "") == "__init__"), None)
            return _own_signature(found.node, True) if found else None
        case Own(scope=scope, bound=bound):
            return _own_signature(scope.node, bound is not None)
        case Thing(object=found, bound=bound) if callable(found):
            with contextlib.suppress(ValueError, TypeError, NameError):
                signature = inspect.signature(found, annotation_format=Format.STRING)
                parameters = [_without_private(each) for each in signature.parameters.values()]
                if bound and parameters:
                    parameters = parameters[1:]
                returns = _EMPTY if isinstance(found, type) else signature.return_annotation
                return signature.replace(parameters=parameters, return_annotation=returns)
    return None


def _without_private(parameter):
    """A library's own names for types tell a reader nothing."""
    annotation = parameter.annotation
    private = isinstance(annotation, str) and re.search(r"\b_\w*\.", annotation)
    return parameter.replace(annotation=_EMPTY) if private else parameter


def brief(signature):
    """A long signature without its types."""
    if len(str(signature)) <= 160:
        return signature
    return signature.replace(parameters=[each.replace(annotation=_EMPTY) for each in signature.parameters.values()])


class _Shown(str):
    """A default as the program writes it."""

    __repr__ = str.__str__


def _own_signature(node, is_method):
    arguments, kinds = node.args, inspect.Parameter
    groups = [
        *((argument, kinds.POSITIONAL_ONLY) for argument in arguments.posonlyargs),
        *((argument, kinds.POSITIONAL_OR_KEYWORD) for argument in arguments.args),
        *([(arguments.vararg, kinds.VAR_POSITIONAL)] if arguments.vararg else []),
        *((argument, kinds.KEYWORD_ONLY) for argument in arguments.kwonlyargs),
        *([(arguments.kwarg, kinds.VAR_KEYWORD)] if arguments.kwarg else []),
    ]
    parameters = []
    for argument, kind in groups[1:] if is_method and groups else groups:
        default = default_of(arguments, argument)
        parameters.append(
            kinds(
                argument.arg,
                kind,
                default=_Shown(ast.unparse(default)) if default else _EMPTY,
                annotation=_Shown(ast.unparse(argument.annotation)) if argument.annotation else _EMPTY,
            )
        )
    returns = getattr(node, "returns", None)
    try:
        return inspect.Signature(parameters, return_annotation=_Shown(ast.unparse(returns)) if returns else _EMPTY)
    except ValueError:
        return None


def shown(parameter):
    """One parameter as in a signature, its default short."""
    default = parameter.default
    if default is not _EMPTY and not isinstance(default, _Shown) and len(repr(default)) > 40:
        parameter = parameter.replace(default=_Shown("…"))
    return re.sub(r"<object object at 0x\w+>|<[\w.]+ object at 0x\w+>", "…", _plain(str(parameter)))


def _plain(text):
    """Annotations that are text come in quotes; nobody writes them so."""
    return re.sub(r"(: |-> )'([^']*)'", r"\1\2", text)


def parts_of(signature):
    """The texts of a signature between its commas, and for each of them the parameter: None for `/` and `*`."""
    parts, kinds, before = [], inspect.Parameter, None
    parameters = list(signature.parameters.values())
    for index, parameter in enumerate(parameters):
        if before == kinds.POSITIONAL_ONLY and parameter.kind != kinds.POSITIONAL_ONLY:
            parts.append(("/", None))
        seen = {each.kind for each in parameters[:index]}
        if parameter.kind == kinds.KEYWORD_ONLY and not seen & {kinds.KEYWORD_ONLY, kinds.VAR_POSITIONAL}:
            parts.append(("*", None))
        parts.append((shown(parameter), parameter))
        before = parameter.kind
    if before == kinds.POSITIONAL_ONLY:
        parts.append(("/", None))
    return parts


def label_of(name, signature):
    """`get(url, params=None, **kwargs) -> Response`, with lines of its own when it is long."""
    signature = brief(signature)
    parts = [text for text, _ in parts_of(signature)]
    returned = signature.return_annotation
    end = ")" if returned is _EMPTY else _plain(f") -> {returned}")
    line = f"{name}({', '.join(parts)}{end}"
    lines = "".join(f"    {part},\n" for part in parts)
    return line if len(line) <= 88 else f"{name}(\n{lines}{end}"


def documentation(value):
    """The first paragraph of what a value's author wrote about it."""
    return paragraph(docstring(value))


def docstring(value):
    match value:
        case Thing(object=found):
            if not (isinstance(found, (type, types.ModuleType)) or callable(found) or isinstance(found, property)):
                return ""
            with contextlib.suppress(Exception):
                return inspect.getdoc(found) or ""
        case Own(scope=scope) if not isinstance(scope.node, ast.Lambda):
            return ast.get_docstring(scope.node) or ""
        case Instance(type=kind) if kind.__module__ != "builtins":
            return inspect.getdoc(kind) or ""
        case OwnInstance(own=own):
            return docstring(own)
    return ""


def paragraph(text):
    """A docstring's first paragraph in one line, without the marks of reStructuredText. Titles are no paragraph."""
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in part.strip().split("\n")]
        if any(re.fullmatch(r"([=~\-*#^])\1{2,}", line) for line in lines):
            continue
        if lines[0].startswith((":param", ">>>", ".. ")):
            continue
        return _unmarked(" ".join(lines))[:600]
    return ""


def _unmarked(text):
    text = re.sub(r":\w+:`~?([^`<]+?)(?:\s*<[^`>]*>)?`", r"`\1`", text)
    return re.sub(r"``([^`]*)``", r"`\1`", text).replace("\\*", "*")


def about_parameter(value, name):
    """What a docstring says about a parameter in `:param name:`."""
    found = re.search(rf"^:param (?:[\w ]+ )?{re.escape(name)}: *(.*(?:\n[ \t]+.*)*)", docstring(value), re.MULTILINE)
    return _unmarked(" ".join(found[1].split())) if found else ""
