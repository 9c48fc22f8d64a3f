"""Where in a program the caret is: in a string, after a dot, between the brackets of a call. Knows no names."""

import keyword
import re

_WORD = re.compile(r"\w*\Z")
_CLOSERS = {")": "(", "]": "[", "}": "{"}


class Cursor:
    """The text before the caret, taken apart as far as needed."""

    def __init__(self, text, offset):
        self.text, self.offset = text, offset
        self.line = text.count("\n", 0, offset) + 1
        #: "code", "text" or "comment"
        self.state = "code"
        #: Brackets that are open: where they stand, and where the commas directly in them do.
        self.open = []
        #: Where what ends at an index begins, for strings and brackets.
        self._starts = {}
        self._scan(0, offset)
        before = text[:offset]
        self.word = _WORD.search(before)[0] if self.state == "code" else ""
        self.start = offset - len(self.word)
        if self.word[:1].isdigit():
            self.state = "text"

    def _scan(self, index, end):
        text = self.text
        while index < end:
            char = text[index]
            if char == "#":
                line_end = text.find("\n", index)
                if line_end < 0 or line_end >= end:
                    self.state = "comment"
                    return
                index = line_end
            elif char in "\"'":
                index = self._skip_string(index, end)
                continue
            elif char in "([{":
                self.open.append((index, []))
            elif char in ")]}":
                if self.open and text[self.open[-1][0]] == _CLOSERS[char]:
                    self._starts[index] = self.open.pop()[0]
            elif char == "," and self.open:
                self.open[-1][1].append(index)
            index += 1

    def _skip_string(self, index, end):
        text = self.text
        prefix = re.search(r"(?i)(?<!\w)[bfr-u]{0,2}\Z", text[max(0, index - 2) : index])
        prefix = prefix[0].lower() if prefix else ""
        quote = text[index : index + 3] if text[index : index + 3] in ("'''", '"""') else text[index]
        here = index + len(quote)
        while here < end:
            if text.startswith(quote, here):
                self._starts[here + len(quote) - 1] = index - len(prefix)
                return here + len(quote)
            if text[here] == "\n" and len(quote) == 1:
                return here
            here += 2 if text[here] == "\\" else 1
        self.state = "text"
        if "f" in prefix:
            self._enter_field(text, index + len(quote), end)
        return end

    def _enter_field(self, text, begin, end):
        """Between the braces of an f-string there is code again."""
        inside = text[begin:end].replace("{{", "  ").replace("}}", "  ")
        brace = inside.rfind("{")
        if brace > inside.rfind("}") and not re.search(r"[:!\"'\\]", inside[brace:]):
            self.state = "code"

    def primary(self, end):
        """The expression such as `requests.get(url).headers` that ends at an index; empty when none does."""
        text, begin = self.text, end
        while begin > 0:
            last = text[begin - 1]
            if last in ")]" and begin - 1 in self._starts:
                begin = self._starts[begin - 1]
                before = text[begin - 1] if begin > 0 else " "
                if before in ")]\"'_" or before.isalnum():
                    continue
            elif last in "\"'}" and begin - 1 in self._starts:
                begin = self._starts[begin - 1]
            elif last == "_" or last.isalnum():
                begin -= len(_WORD.search(text[:begin])[0])
            else:
                break
            dot = len(text[:begin].rstrip())
            if dot == 0 or text[dot - 1] != ".":
                break
            begin = len(text[: dot - 1].rstrip())
        return text[begin:end]

    @property
    def owner(self):
        """What is before the dot before the word; None when there is no dot."""
        before = self.text[: self.start].rstrip(" ")
        if not before.endswith(".") or before.endswith(".."):
            return None
        return self.primary(len(before[:-1].rstrip()))

    def call(self):
        """The innermost call around the caret: what is called, its arguments so far as texts. None outside of calls."""
        for bracket, commas in reversed(self.open):
            if self.text[bracket] != "(":
                return None
            called = self.primary(bracket)
            head = self.text[: bracket - len(called)].rstrip(" ")
            if not called or re.search(r"(?:^|\W)(?:def|class)\Z", head) or called in _NO_CALLS:
                continue
            edges = [bracket, *commas, self.offset]
            parts = [self.text[begin + 1 : end] for begin, end in zip(edges, edges[1:])]
            return called, parts
        return None


_NO_CALLS = frozenset(keyword.kwlist)
