"""Answers the editor's questions in an interpreter that has yet to run its program, and leaves no trace of them."""

import json
import logging
import sys
import warnings

_before = None


class _Trace:
    """What there is before the first question."""

    def __init__(self):
        self.modules = dict(sys.modules)
        self.loggers = set(logging.root.manager.loggerDict)


def answer(question):
    """@question and the answer are JSON, see `questions.ts`."""
    global _before
    _before = _before or _Trace()
    # Packages set filters when they are imported.
    with warnings.catch_warnings():
        from gateway_lab import looking_up

        return json.dumps(looking_up.answer(json.loads(question)))


def forget():
    """Before the program runs: it is to import everything itself, as if nobody had asked."""
    global _before
    if _before is None:
        return
    for name, module in list(sys.modules.items()):
        # What is written in C comes only once.
        if name in _before.modules or not getattr(module, "__file__", None):
            continue
        del sys.modules[name]
        package, _, child = name.rpartition(".")
        if package in _before.modules and getattr(_before.modules[package], child, None) is module:
            delattr(_before.modules[package], child)
    for name in set(logging.root.manager.loggerDict) - _before.loggers:
        del logging.root.manager.loggerDict[name]
    del sys.modules[__name__], sys.modules["gateway_lab"].aside
    _before = None
