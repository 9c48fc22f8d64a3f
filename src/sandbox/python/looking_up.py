"""Answers what the editor asks about a program that is being written. It imports libraries and runs no program."""

import ast
import builtins
import keyword
import re
import types

from gateway_lab.editor_calls import call, keywords_of, positional_of
from gateway_lab.editor_cursor import Cursor
from gateway_lab.editor_inference import Values
from gateway_lab.editor_libraries import imported
from gateway_lab.editor_members import members, modules, submodules
from gateway_lab.editor_problems import problems
from gateway_lab.editor_scopes import Scope, parse
from gateway_lab.editor_values import Own, Thing
from gateway_lab.editor_words import (
    about_parameter,
    documentation,
    kind_of,
    label_of,
    shown,
    signature_of,
    type_name,
)


def answer(question):
    text = question["text"]
    if question["kind"] == "check":
        return {"problems": problems(text)}
    offset = min(question["offset"], len(text))
    match question["kind"]:
        case "complete":
            return _Place(text, offset).completions()
        case "explain":
            return _Place(text, offset).explained(question["name"])
        case "hover":
            return _hover(text, offset)
        case "call":
            return _Place(text, offset).call()
    return None


class _Place:
    """A place in a program."""

    def __init__(self, text, offset):
        self.cursor = Cursor(text, offset)
        self.line = self.cursor.line
        self.values = Values()
        module = Scope(parse(text, self.line))
        line_start = text.rfind("\n", 0, offset) + 1
        self.head = text[line_start:offset]
        self.scope = module.at(self.line, offset - line_start)

    def value(self, expression):
        """What the text of an expression stands for here."""
        try:
            node = ast.parse(expression.strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
        return self.values.of(node, self.scope, self.line)

    def completions(self):
        if self.cursor.state != "code":
            return None
        items = self._imports()
        if items is None:
            owner = self.cursor.owner
            items = self._names() if owner is None else members(self.value(owner)) if owner else {}
        word = self.cursor.word
        shown_ones = [
            {"label": name, "kind": kind, "first": kind == "keyword argument"}
            for name, kind in items.items()
            if not name.startswith("_") or word.startswith("_")
        ]
        return {"start": self.cursor.start, "items": shown_ones[:2000]} if shown_ones else None

    def _imports(self):
        """What an import can name; None outside of imports."""
        head = self._import_head()
        names = re.match(r"\s*from\s+([\w.]+)\s+import\b", head)
        if names:
            module = imported(names[1])
            return {**members(Thing(module)), **submodules(module)} if module else {}
        dotted = re.match(r"\s*(?:from\s+|import\s+(?:.*,\s*)?)((?:\w+\.)*)\w*\Z", head)
        if not dotted:
            return {} if re.match(r"\s*(?:import|from)\s", head) else None
        if dotted[1]:
            module = imported(dotted[1][:-1])
            return submodules(module) if module else {}
        return dict.fromkeys(modules(), "module")

    def _import_head(self):
        """The line so far; for names in brackets, from the line of the bracket on."""
        if self.cursor.open and "import" not in self.head:
            bracket = self.cursor.open[-1][0]
            begin = self.cursor.text.rfind("\n", 0, bracket) + 1
            return self.cursor.text[begin : self.cursor.offset]
        return self.head

    def _names(self):
        items = {}
        call = self.cursor.call()
        if call:
            called, parts = call
            if re.fullmatch(r"\s*\w*", parts[-1]):
                given = {found[1] for found in (re.match(r"\s*(\w+)\s*=(?!=)", part) for part in parts) if found}
                positional = sum(1 for part in parts[:-1] if not re.match(r"\s*\w+\s*=(?!=)", part))
                target = self.value(called)
                first = positional_of(target)[:positional]
                for name in keywords_of(self.values, target):
                    if name not in given and name not in first:
                        items[f"{name}="] = "keyword argument"
        for scope in self.scope.chain():
            for name, line, what in scope.bindings:
                if name not in items and (name != self.cursor.word or line != self.line):
                    items[name] = self._kind(what)
        for name in [*keyword.kwlist, *keyword.softkwlist]:
            items.setdefault(name, "keyword")
        for name, found in vars(builtins).items():
            items.setdefault(name, kind_of(Thing(found)))
        return items

    @staticmethod
    def _kind(what):
        if what[0] == "own":
            return kind_of(Own(what[1]))
        return "module" if what[0] == "module" else "variable"

    def explained(self, name):
        """What the editor shows beside the chosen completion."""
        call = self.cursor.call()
        if name.endswith("=") and call:
            found = keywords_of(self.values, self.value(call[0])).get(name[:-1])
            if not found:
                return None
            parameter, value = found
            return {"title": shown(parameter), "about": about_parameter(value, name[:-1])}
        names = re.match(r"\s*from\s+([\w.]+)\s+import\b", self._import_head())
        if names:
            module = imported(names[1])
            value = module and self.values.bound(("from", names[1], name), self.scope, self.line)
        elif re.match(r"\s*(?:import|from)\s", self.head):
            module = imported(name)
            value = Thing(module) if module else None
        else:
            owner = self.cursor.owner
            value = self.value(name) if owner is None else self.values.attribute(self.value(owner), name)
        return described(name, value)
    def call(self):
        found = self.cursor.call()
        return call(self.values, self.value(found[0]), *found) if found and self.cursor.state != "comment" else None


def _hover(text, offset):
    begin, end = offset, offset
    while begin > 0 and (text[begin - 1] == "_" or text[begin - 1].isalnum()):
        begin -= 1
    while end < len(text) and (text[end] == "_" or text[end].isalnum()):
        end += 1
    word = text[begin:end]
    if not word.isidentifier() or keyword.iskeyword(word):
        return None
    place = _Place(text, end)
    if place.cursor.state != "code":
        return None
    if re.match(r"[ \t]*=(?!=)", text[end:]) and place.cursor.call():
        found = place.explained(f"{word}=")
        if found:
            return {**found, "start": begin, "end": end}
    dotted = re.match(r"\s*(?:from|import)\s+((?:\w+\.)*\w+)\Z", place.head)
    if dotted:
        module = imported(dotted[1])
        found = described(dotted[1], Thing(module)) if module else None
    else:
        found = place.explained(word)
    return {**found, "start": begin, "end": end} if found else None


def described(name, value):
    """Signature or type, and the first paragraph of the documentation."""
    if value is None:
        return None
    kind = kind_of(value)
    signature = signature_of(value)
    if kind == "module":
        return {"title": f"module {value.object.__name__}", "about": documentation(value)}
    if kind in ("function", "method", "class"):
        title = label_of(name, signature) if signature else f"{name}(…)" if kind != "class" else name
        return {"title": f"class {title}" if kind == "class" else title, "about": documentation(value)}
    if isinstance(value, Thing) and isinstance(value.object, (bool, int, float, str, bytes, types.NoneType)):
        return {"title": f"{name}: {type_name(value)} = {repr(value.object)[:80]}", "about": ""}
    return {"title": f"{name}: {type_name(value)}", "about": documentation(value)}
