"""What is wrong with a program before it runs: what Python's own compiler says, and imports of what is not here."""

import ast
import importlib.util
import sys
import warnings

from gateway_lab import left_out
from gateway_lab.editor_scopes import parse

_HERE = "Here are requests, httpx, urllib3, tenacity and most of the standard library."


def problems(text, file_name="client.py"):
    """Each with a place: lines and columns from 1, columns in characters, the end after the last one."""
    found = []
    tree = None
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            tree = compile(text, file_name, "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
            warned.clear()
            compile(text, file_name, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        except SyntaxError as error:
            found.append(_error(error, text))
            tree = tree or parse(text)
        except (ValueError, RecursionError, MemoryError, OverflowError) as error:
            found.append(_problem("error", f"{type(error).__name__}: {error}", text, 1))
    for warning in warned:
        found.append(_problem("warning", f"{warning.category.__name__}: {warning.message}", text, warning.lineno))
    if tree:
        found += _missing(tree, text)
    return found[:100]


def _error(error, text):
    lines = text.split("\n")
    line = min(max(error.lineno or 1, 1), len(lines))
    column = min(max(error.offset or 1, 1), len(lines[line - 1]) + 1)
    end_line = min(max(error.end_lineno or line, line), len(lines))
    end_column = error.end_offset if error.end_offset and error.end_offset > 0 else column + 1
    if (end_line, end_column) <= (line, column):
        end_line, end_column = line, column + 1
    return {
        "severity": "error",
        "message": f"{type(error).__name__}: {error.msg}",
        **{"line": line, "column": column, "endLine": end_line, "endColumn": end_column},
    }


def _problem(severity, message, text, line, node=None):
    """On a node, or on a whole line without its indentation."""
    lines = text.split("\n")
    line = min(max(line, 1), len(lines))
    whole = lines[line - 1]
    begin, end = len(whole) - len(whole.lstrip()) + 1, len(whole.rstrip()) + 1
    if node is not None and node.lineno == node.end_lineno == line:
        encoded = whole.encode()
        begin, end = (len(encoded[:at].decode(errors="ignore")) + 1 for at in (node.col_offset, node.end_col_offset))
    return {
        "severity": severity,
        "message": message,
        **{"line": line, "column": begin, "endLine": line, "endColumn": max(end, begin + 1)},
    }


def _missing(tree, text):
    """Imports that would fail. Where the program is ready for that, it is a warning."""
    ready = {
        id(node)
        for attempt in ast.walk(tree)
        if isinstance(attempt, ast.Try) and attempt.handlers
        for statement in attempt.body
        for node in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            named = [(alias.name, alias) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            named = [(node.module, node)]
        else:
            continue
        for name, place in named:
            sentence = why_missing(name)
            if sentence:
                yield _problem("warning" if id(node) in ready else "error", sentence, text, place.lineno, place)


def why_missing(name):
    """The sentence on a module that cannot be imported; None for one that can."""
    first = name.partition(".")[0]
    pieces = name.split(".")
    if any(".".join(pieces[:count]) in left_out.LEFT_OUT for count in range(1, len(pieces) + 1)):
        return f"{name} is left out of this playground to keep the download small. {_HERE}"
    if first in sys.modules:
        return None
    try:
        here = importlib.util.find_spec(first) is not None
    except (ImportError, ValueError):
        here = False
    return None if here else f"{first} is not in this playground. {_HERE}"
