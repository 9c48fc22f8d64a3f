"""Brings up the simulated machine, before a program or a library has asked the platform's own."""

import sys
import types

# Whatever bound the platform's sockets, or the browser's event loop, while Pyodide came up.
_BOUND = ("socket", "selectors", "ssl", "asyncio", "_asyncio", "socketserver", "http", "urllib.request")

_ONE_THREAD = (
    "can't start new thread: this playground runs a single thread. "
    "For requests at the same time use asyncio with httpx.AsyncClient."
)
_NO_PROCESSES = "This playground cannot start other programs."


def _refuse(kind, sentence):
    def refusal(*args, **kwargs):
        raise kind(sentence)

    return refusal


def _forget(*names):
    for loaded in list(sys.modules):
        if any(loaded == name or loaded.startswith(f"{name}.") for name in names):
            del sys.modules[loaded]


def _prepare_asyncio():
    """One thread does the work that asyncio would give to others."""
    import asyncio

    async def getaddrinfo(self, host, port, *, family=0, type=0, proto=0, flags=0):
        import socket

        return socket.getaddrinfo(host, port, family, type, proto, flags)

    def run_in_executor(self, executor, func, *args):
        future = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:
            future.set_exception(error)
        return future

    asyncio.BaseEventLoop.getaddrinfo = getaddrinfo
    asyncio.BaseEventLoop.run_in_executor = run_in_executor


def boot():
    """Call once, before the first program."""
    from gateway_lab import clock, left_out, simulated_socket

    clock.install()
    sys.modules.update(simulated_socket.modules())
    _forget(*_BOUND)
    # Pyodide's loop counts as running all the time; a program starts without one.
    import _asyncio

    _asyncio._set_running_loop(None)
    # urllib3 has a way of its own for browsers, which hides most failures. As on any server it is to use sockets.
    stand_in = types.ModuleType("urllib3.contrib.emscripten")
    stand_in.inject_into_urllib3 = lambda: None
    sys.modules["urllib3.contrib.emscripten"] = stand_in

    from gateway_lab import simulated_tls

    simulated_tls.install()
    _prepare_asyncio()
    import subprocess
    import threading

    threading._start_joinable_thread = threading._start_new_thread = _refuse(RuntimeError, _ONE_THREAD)
    subprocess.Popen.__init__ = _refuse(OSError, _NO_PROCESSES)
    left_out.install()
