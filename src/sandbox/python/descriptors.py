"""The file descriptors of the simulated machine, and the ends of connections that they stand for."""

from gateway_lab import network


class Stream:
    """One end of a TCP connection to the simulated gateway."""

    def __init__(self):
        self.number = None
        self.peer = None
        self.read_shut = False

    @property
    def writable(self):
        return self.number is not None and network.state(self.number) != "connecting"

    @property
    def readable(self):
        if self.number is None:
            return False
        return self.writable if self.read_shut else network.readable(self.number)

    def close(self):
        if self.number is not None:
            network.close(self.number)
            self.number = None

    @property
    def failure(self):
        """What keeps it from being connected, as an exception; None for nothing."""
        match network.state(self.number) if self.number is not None else None:
            case "refused":
                return ConnectionRefusedError(111, "Connection refused")
            case "unreachable":
                return OSError(113, "No route to host")
        return None


class Half:
    """One end of a socket pair, as asyncio wakes itself with."""

    def __init__(self):
        self.arrived = bytearray()
        self.other = None
        self.peer = ""

    writable = True

    @property
    def readable(self):
        return bool(self.arrived) or self.other is None

    def close(self):
        if self.other is not None:
            self.other.other = None


class Descriptor:
    """What a file descriptor stands for; several socket objects may share one."""

    default_timeout = None

    def __init__(self, end, family, kind, proto):
        self.end, self.family, self.kind, self.proto = end, family, kind, proto
        self.timeout = Descriptor.default_timeout
        self.options = {}


_open = {}
_last = 2


def find(number):
    """The descriptor of that number; None for one that is closed."""
    return _open.get(number)


def descriptor(number):
    """The same, but raises OSError for one that is closed."""
    known = _open.get(number)
    if known is None:
        raise OSError(9, "Bad file descriptor")
    return known


def register(end, family, kind, proto):
    """Opens a descriptor. Gives its number."""
    global _last
    _last += 1
    _open[_last] = Descriptor(end, family, kind, proto)
    return _last


def close(number):
    """Closes it; again does nothing."""
    known = _open.pop(number, None)
    if known:
        known.end.close()


def begin_anew():
    """Numbers begin as they do in a new process. Call it while none is open."""
    global _last
    _last = 2
