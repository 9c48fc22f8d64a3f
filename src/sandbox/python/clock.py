"""Simulated time for Python: it stands still while the program computes, and passes while the program waits.

A program that only looks at the clock again and again finds it moving after a while (`read-clock.ts`).
"""

import time

from gateway_lab_host import jump, now

try:
    from pyodide.ffi import run_sync
except ImportError:
    run_sync = None


def settled(value):
    """What the page's side gives, at once or, where the browser can wait in the middle of a program, as a promise."""
    return _outside_of_loops(value.over) if hasattr(value, "over") else value


def wait(ready, timeout):
    """Lets time pass until `ready()` is true. False when `timeout` s (None: for ever) are over before that.

    Raises KeyboardInterrupt when the reader stops the program, or when nothing is left that could ever happen.
    """
    if ready():
        return True
    if timeout is not None and timeout <= 0:
        return False
    deadline = None if timeout is None else now() + timeout * 1000
    while True:
        happened = settled(jump(deadline))
        if happened in ("interrupt", "never"):
            raise KeyboardInterrupt
        if ready():
            return True
        if happened == "deadline":
            return False


def _outside_of_loops(promise):
    """Waits for it. Pyodide would hand it to the running event loop, which here is the one that waits."""
    from _asyncio import _get_running_loop, _set_running_loop

    loop = _get_running_loop()
    _set_running_loop(None)
    try:
        return run_sync(promise)
    finally:
        _set_running_loop(loop)


def sleep(seconds, /):
    """In place of `time.sleep`."""
    if not hasattr(seconds, "__float__") and not hasattr(seconds, "__index__"):
        raise TypeError(f"'{type(seconds).__name__}' object cannot be interpreted as an integer or float")
    seconds = float(seconds)
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    wait(lambda: False, seconds)


def install():
    """The clocks follow the page's own, which the worker has replaced; waiting needs more."""
    sleep.__doc__ = time.sleep.__doc__
    time.sleep = sleep
