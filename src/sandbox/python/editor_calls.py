"""The call that the caret is in: its signature, the parameter that is being written, the names that it takes."""

import ast
import inspect
import re
import types

from gateway_lab.editor_libraries import Library, scope_of
from gateway_lab.editor_values import Own, own_nodes
from gateway_lab.editor_words import about_parameter, brief, documentation, parts_of, shown, signature_of


def call(values, value, called, parts):
    """Signature and active parameter. @called: the text of what is called; @parts: those of the arguments so far"""
    signature = signature_of(value)
    if signature is None:
        return None
    signature = brief(signature)
    texts = parts_of(signature)
    label = f"{called.rpartition('.')[2]}("
    spots = []
    for index, (text, parameter) in enumerate(texts):
        label += ", " if index else ""
        if parameter:
            about = about_parameter(value, parameter.name)
            spots.append({"begin": len(label), "end": len(label) + len(text), "about": about})
        label += text
    label += ")"
    if signature.return_annotation is not inspect.Signature.empty:
        label += f" -> {signature.return_annotation}"
    active = _active([parameter for _, parameter in texts if parameter], parts)
    named = re.match(r"\s*(\w+)\s*=(?!=)", parts[-1])
    if named and 0 <= active < len(spots) and not spots[active]["about"]:
        passed_on = keywords_of(values, value).get(named[1])
        if passed_on:
            spots[active]["about"] = about_parameter(passed_on[1], named[1]) or shown(passed_on[0])
    return {"label": label, "parameters": spots, "active": active, "about": documentation(value)}


def positional_of(value):
    """Names of the parameters that can be given by their place."""
    signature = signature_of(value)
    if signature is None:
        return []
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return [parameter.name for parameter in signature.parameters.values() if parameter.kind in kinds]


def _active(parameters, parts):
    """Index of the parameter that the last of a call's arguments is for; -1 for none."""
    kinds = inspect.Parameter
    named = re.match(r"\s*(\w+)\s*=(?!=)", parts[-1])
    if named:
        for index, parameter in enumerate(parameters):
            if parameter.name == named[1] and parameter.kind in (kinds.POSITIONAL_OR_KEYWORD, kinds.KEYWORD_ONLY):
                return index
        return next((index for index, each in enumerate(parameters) if each.kind == kinds.VAR_KEYWORD), -1)
    at = len(parts) - 1
    for index, parameter in enumerate(parameters):
        if parameter.kind == kinds.VAR_POSITIONAL:
            return index
        if parameter.kind in (kinds.KEYWORD_ONLY, kinds.VAR_KEYWORD):
            return index
        if index == at:
            return index
    return -1


def keywords_of(values, value, depth=0):
    """Parameters that a call may name; those that a function passes on in `**kwargs` come with them.

    Pairs of the parameter and the value that has it.
    """
    signature = signature_of(value)
    if signature is None:
        return {}
    found, kinds = {}, inspect.Parameter
    for parameter in signature.parameters.values():
        if parameter.kind in (kinds.POSITIONAL_OR_KEYWORD, kinds.KEYWORD_ONLY):
            found[parameter.name] = (parameter, value)
        elif parameter.kind == kinds.VAR_KEYWORD and depth < 4:
            for name, pair in _passed_on(values, value, parameter.name, depth).items():
                found.setdefault(name, pair)
    return found


def _passed_on(values, value, kwargs, depth):
    if isinstance(value, Own):
        scope = value.scope
        if value.is_class:
            scope = next((each for each in scope.children if getattr(each.node, "name", "") == "__init__"), scope)
        place = scope
    else:
        function = value.object.__init__ if isinstance(value.object, type) else value.object
        function = inspect.unwrap(function)
        scope = scope_of(function) if isinstance(function, types.FunctionType) else None
        place = scope and Library(function.__globals__, scope)
    for node in own_nodes(scope.node) if scope else ():
        match node:
            case ast.Call(func=called, keywords=keywords) if any(
                each.arg is None and isinstance(each.value, ast.Name) and each.value.id == kwargs for each in keywords
            ):
                target = values.of(called, place, node.lineno)
                if target is None:
                    continue
                given = {each.arg for each in keywords if each.arg}
                more = keywords_of(values, target, depth + 1)
                positional = [
                    name
                    for name, (parameter, owner) in more.items()
                    if owner is target and parameter.kind == inspect.Parameter.POSITIONAL_OR_KEYWORD
                ][: len(node.args)]
                return {name: pair for name, pair in more.items() if name not in given and name not in positional}
    return {}
