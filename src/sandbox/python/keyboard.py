"""What the reader types, under `sys.stdin`: the page asks for one line whenever a program wants to read."""

import io

from gateway_lab import clock
from gateway_lab_host import ask

_NOBODY = "EOF when reading a line: nobody is here to type. Press Run in the playground, and it asks for the line."


class _Keyboard(io.RawIOBase):
    """Reads wait for a whole line, as a terminal's do."""

    name = "<stdin>"

    def __init__(self, stdout):
        self._stdout = stdout
        self._typed = b""

    def readable(self):
        return True

    def isatty(self):
        return True

    def readinto(self, buffer):
        data = self._typed or self._ask()
        count = min(len(buffer), len(data))
        buffer[:count], self._typed = data[:count], data[count:]
        return count

    def _ask(self):
        self._stdout.flush()
        line = clock.settled(ask(self._stdout.unfinished()))
        if line is None:
            raise KeyboardInterrupt
        if line is False:
            raise EOFError(_NOBODY)
        self._stdout.end_line()
        return line.encode()


def standard_input(stdout):
    """In place of `sys.stdin`. The prompt is what `stdout` has printed since its last end of a line."""
    return io.TextIOWrapper(io.BufferedReader(_Keyboard(stdout)), encoding="utf-8")
