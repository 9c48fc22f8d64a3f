"""Waiting for several sockets at once: in place of the C module `select`, on which `selectors` and asyncio stand."""

from gateway_lab import clock, descriptors

POLLIN, POLLPRI, POLLOUT, POLLERR, POLLHUP, POLLNVAL = 1, 2, 4, 8, 16, 32


def _number_of(file):
    return file if isinstance(file, int) else file.fileno()


def _events(fd, wanted):
    known = descriptors.find(fd)
    if known is None:
        return POLLNVAL
    return (POLLIN if wanted & POLLIN and known.end.readable else 0) | (
        POLLOUT if wanted & POLLOUT and known.end.writable else 0
    )


class poll:
    """In place of `select.poll`."""

    def __init__(self):
        self._wanted = {}

    def register(self, file, eventmask=POLLIN | POLLPRI | POLLOUT):
        self._wanted[_number_of(file)] = eventmask

    def modify(self, file, eventmask):
        fd = _number_of(file)
        if fd not in self._wanted:
            raise FileNotFoundError(2, "No such file or directory")
        self._wanted[fd] = eventmask

    def unregister(self, file):
        del self._wanted[_number_of(file)]

    def _ready(self):
        pairs = ((fd, _events(fd, wanted)) for fd, wanted in self._wanted.items())
        return [(fd, events) for fd, events in pairs if events]

    def poll(self, timeout=None):
        """@timeout ms; None or less than 0: for ever"""
        clock.wait(self._ready, None if timeout is None or timeout < 0 else timeout / 1000)
        return self._ready()


def select(rlist, wlist, xlist, timeout=None):
    """In place of `select.select`."""
    reads, writes = list(rlist), list(wlist)

    def ready():
        return (
            [file for file in reads if _events(_number_of(file), POLLIN)],
            [file for file in writes if _events(_number_of(file), POLLOUT)],
            [],
        )

    clock.wait(lambda: any(ready()), timeout)
    return ready()
