"""Runs the reader's program, and tells how it ended."""

import ast
import asyncio
import builtins
import inspect
import json
import linecache
import random
import sys
import traceback
import types

from gateway_lab import keyboard
from gateway_lab_host import print_line


_OWN_FOLDER = __file__.rpartition("/")[0] + "/"


class Output:
    """In place of `sys.stdout` and `sys.stderr`: what is printed goes to the page line by line."""

    encoding = "utf-8"
    errors = "strict"
    mode = "w"
    newlines = None

    def __init__(self, name, level, file_name):
        self.name, self._level, self._file_name = name, level, file_name
        self._waiting = self._flushed = ""

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        *lines, self._waiting = (self._waiting + text).split("\n")
        if lines:
            self._flushed = ""
            print_line(self._level, "\n".join(lines), self._line())
        return len(text)

    def _line(self):
        """Line of the program that prints; 0 when something else does."""
        frame = sys._getframe(2)
        while frame and frame.f_code.co_filename != self._file_name:
            frame = frame.f_back
        return frame.f_lineno if frame else 0

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        if self._waiting:
            print_line(self._level, self._waiting, self._line())
            self._flushed += self._waiting
            self._waiting = ""

    def unfinished(self):
        """What was printed since the last end of a line."""
        return self._flushed + self._waiting

    def end_line(self):
        """The reader has pressed Enter."""
        self._flushed = ""

    def isatty(self):
        return False

    def writable(self):
        return True

    def readable(self):
        return False

    def seekable(self):
        return False

    def fileno(self):
        raise OSError(9, "Bad file descriptor")

    closed = False

    def close(self):
        pass


def _without_ours(failure, file_name):
    """Drops the frames above the program's own, as CPython would not have them."""
    seen = set()

    def trim(part):
        if part is None or id(part) in seen:
            return
        seen.add(id(part))
        # The simulated machine's own, which would be C functions without a frame.
        frames = [frame for frame in part.stack if not frame.filename.startswith(_OWN_FOLDER)]
        part.stack[:] = frames
        first = next((index for index, frame in enumerate(frames) if frame.filename == file_name), None)
        if first is not None:
            part.stack[:] = frames[first:]
        elif part is failure:
            part.stack[:] = []
        trim(part.__cause__)
        trim(part.__context__)
        for one in part.exceptions or ():
            trim(one)

    trim(failure)


def _failure(error, file_name):
    """What the page shows of an error that the program did not handle."""
    told = traceback.TracebackException(type(error), error, error.__traceback__, compact=True)
    _without_ours(told, file_name)
    own = [frame for frame in told.stack if frame.filename == file_name]
    line, column = (own[-1].lineno, (own[-1].colno or 0) + 1) if own else (0, 0)
    if isinstance(error, SyntaxError) and error.filename == file_name:
        line, column = error.lineno or 0, error.offset or 1
    return {
        "syntax": isinstance(error, SyntaxError) and not own,
        "name": type(error).__name__,
        "message": str(error),
        "text": "".join(told.format()).rstrip("\n"),
        "line": line or 0,
        "column": column or 0,
    }


def run(code, file_name, seed):
    """Runs a program to its end. None when it ended by itself, else the failure as JSON.

    @seed makes chance repeat, so that the jitter of back-offs does
    """
    random.seed(seed)
    stdout, stderr = Output("<stdout>", "log", file_name), Output("<stderr>", "error", file_name)
    sys.stdout, sys.stderr, sys.stdin = stdout, stderr, keyboard.standard_input(stdout)
    sys.__stdin__ = sys.stdin
    sys.argv = [file_name]
    main = types.ModuleType("__main__")
    main.__file__, main.__builtins__ = file_name, builtins
    sys.modules["__main__"] = main
    linecache.cache[file_name] = (len(code), None, code.splitlines(keepends=True), file_name)
    try:
        program = compile(code, file_name, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        result = eval(program, main.__dict__)
        if inspect.iscoroutine(result):
            asyncio.run(result)
    except SystemExit as error:
        if error.code is None or error.code == 0:
            return None
        if not isinstance(error.code, int):
            stderr.write(f"{error.code}\n")
        return None
    except BaseException as error:
        return json.dumps(_failure(error, file_name))
    finally:
        stdout.flush()
        stderr.flush()
    return None
