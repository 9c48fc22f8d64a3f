"""What lies under Python's `socket`: the simulated network in place of an operating system.

Takes the place of the C module `_socket`, so that `socket`, `http.client`, `asyncio`, `urllib3` and all that stands on
them run as published. Numbers and texts of errors are those of Linux, which is what most servers and logs show.
"""

import errno
import types

import _socket as _platform
import select as _platform_select

from gateway_lab import clock, descriptors, names, network, waiting
from gateway_lab.descriptors import Descriptor, Half, Stream, descriptor, register

_ERRNOS = {
    "EAGAIN": 11, "EWOULDBLOCK": 11, "EPIPE": 32, "ENOPROTOOPT": 92, "EAFNOSUPPORT": 97, "EADDRINUSE": 98,
    "EADDRNOTAVAIL": 99, "ENETUNREACH": 101, "ECONNABORTED": 103, "ECONNRESET": 104, "EISCONN": 106, "ENOTCONN": 107,
    "ETIMEDOUT": 110, "ECONNREFUSED": 111, "EHOSTUNREACH": 113, "EALREADY": 114, "EINPROGRESS": 115,
}  # fmt: skip

# How long Linux goes on sending SYN to a host that is silent: 1 + 2 + 4 + 8 + 16 + 32 + 64 s (tcp_syn_retries 6).
_SYN_PATIENCE_S = 127

_NO_SERVERS = "This playground has clients only: a program cannot listen for connections here."

AF_UNIX, AF_INET, SOCK_STREAM = 1, 2, 1
MSG_PEEK, SHUT_RD, SHUT_RDWR = 2, 0, 2


class Socket:
    """In place of `_socket.socket`."""

    __slots__ = ("_fd",)

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        family, type, proto = (max(value, usual) for value, usual in ((family, 0), (type, 0), (proto, 0)))
        if fileno is None:
            fileno = register(Stream(), family or AF_INET, type or SOCK_STREAM, proto)
        self._fd = fileno

    # ---- what it is

    @property
    def family(self):
        return descriptor(self._fd).family

    @property
    def type(self):
        return descriptor(self._fd).kind

    @property
    def proto(self):
        return descriptor(self._fd).proto

    @property
    def timeout(self):
        return self.gettimeout()

    def fileno(self):
        return self._fd

    def detach(self):
        fd, self._fd = self._fd, -1
        return fd

    def close(self):
        descriptors.close(self.detach())

    def __del__(self):
        self.close()

    # ---- settings

    def gettimeout(self):
        return descriptor(self._fd).timeout

    def settimeout(self, value):
        if value is not None:
            value = float(value)
            if value < 0:
                raise ValueError("Timeout value out of range")
        descriptor(self._fd).timeout = value

    def setblocking(self, flag):
        self.settimeout(None if flag else 0.0)

    def getblocking(self):
        return self.gettimeout() != 0.0

    def setsockopt(self, level, option, value=None, length=None):
        descriptor(self._fd).options[level, option] = value

    def getsockopt(self, level, option, length=0):
        known = descriptor(self._fd)
        if (level, option) == (_platform.SOL_SOCKET, _platform.SO_ERROR):
            failure = known.end.failure if isinstance(known.end, Stream) else None
            return failure.errno if failure else 0
        value = known.options.get((level, option), 0)
        return value if isinstance(value, int) else 0

    def getpeername(self):
        peer = descriptor(self._fd).end.peer
        if peer is None:
            raise OSError(107, "Transport endpoint is not connected")
        return peer

    def getsockname(self):
        known = descriptor(self._fd)
        if isinstance(known.end, Half):
            return ""
        return ("192.0.2.7", 50000 + self._fd) if known.end.number is not None else ("0.0.0.0", 0)

    # ---- connecting

    def connect(self, address):
        known = descriptor(self._fd)
        if known.family == AF_UNIX:
            raise FileNotFoundError(2, "No such file or directory")
        end = known.end
        if end.number is not None and end.peer is not None and end.writable and not end.failure:
            raise OSError(106, "Transport endpoint is already connected")
        if end.number is None:
            host, port = address[0], address[1]
            numeric = names.lookup(host)
            end.number = network.connect(numeric, port)
            end.peer = (numeric, port)
        if known.timeout == 0 and not end.writable:
            raise BlockingIOError(115, "Operation now in progress")
        if not clock.wait(lambda: end.writable, _SYN_PATIENCE_S if known.timeout is None else known.timeout):
            end.close()
            end.peer = None
            raise TimeoutError("timed out") if known.timeout is not None else TimeoutError(110, "Connection timed out")
        failure = end.failure
        if failure:
            end.close()
            end.peer = None
            raise failure

    def connect_ex(self, address):
        try:
            self.connect(address)
        except OSError as error:
            if error.errno is None:
                raise
            return error.errno
        return 0

    def bind(self, address):
        """A client may choose its own address; nothing depends on it."""

    def listen(self, backlog=0):
        raise PermissionError(13, _NO_SERVERS)

    def _accept(self):
        raise OSError(22, "Invalid argument")

    def shutdown(self, how):
        end = descriptor(self._fd).end
        if isinstance(end, Stream):
            if end.number is None:
                raise OSError(107, "Transport endpoint is not connected")
            end.read_shut = end.read_shut or how in (SHUT_RD, SHUT_RDWR)

    # ---- bytes

    def send(self, data, flags=0):
        end = descriptor(self._fd).end
        data = bytes(memoryview(data).cast("B"))
        if isinstance(end, Half):
            if end.other is None:
                raise BrokenPipeError(32, "Broken pipe")
            end.other.arrived += data
            return len(data)
        if end.number is None:
            raise BrokenPipeError(32, "Broken pipe")
        if not network.write(end.number, data.decode("latin-1")):
            raise BrokenPipeError(32, "Broken pipe")
        return len(data)

    def sendall(self, data, flags=0):
        self.send(data, flags)

    def sendmsg(self, buffers, ancdata=(), flags=0, address=None):
        return self.send(b"".join(bytes(memoryview(part).cast("B")) for part in buffers), flags)

    def sendto(self, data, *flags_and_address):
        raise OSError(101, "Network is unreachable")

    def recv(self, bufsize, flags=0):
        if bufsize < 0:
            raise ValueError("negative buffersize in recv")
        known = descriptor(self._fd)
        end = known.end
        if isinstance(end, Stream) and end.number is None:
            raise OSError(107, "Transport endpoint is not connected")
        if not end.readable:
            if known.timeout == 0:
                raise BlockingIOError(11, "Resource temporarily unavailable")
            if not clock.wait(lambda: end.readable, known.timeout):
                raise TimeoutError("timed out")
        if isinstance(end, Half):
            data = bytes(end.arrived[:bufsize])
            if not flags & MSG_PEEK:
                del end.arrived[:bufsize]
            return data
        if end.read_shut:
            return b""
        if network.takeReset(end.number):
            raise ConnectionResetError(104, "Connection reset by peer")
        return (network.read(end.number, bufsize, bool(flags & MSG_PEEK)) or "").encode("latin-1")

    def recv_into(self, buffer, nbytes=0, flags=0):
        view = memoryview(buffer).cast("B")
        data = self.recv(nbytes or len(view), flags)
        view[: len(data)] = data
        return len(data)

    def recvfrom(self, bufsize, flags=0):
        return self.recv(bufsize, flags), None

    def recvfrom_into(self, buffer, nbytes=0, flags=0):
        return self.recv_into(buffer, nbytes, flags), None

    def recvmsg(self, bufsize, ancbufsize=0, flags=0):
        return self.recv(bufsize, flags), [], 0, None


Socket.__name__ = Socket.__qualname__ = "socket"
Socket.__module__ = "_socket"


def socketpair(family=AF_UNIX, type=SOCK_STREAM, proto=0):
    """Two sockets that are connected with each other."""
    one, other = Half(), Half()
    one.other, other.other = other, one
    return tuple(Socket(family, type, proto, register(end, family, type, proto)) for end in (one, other))


def getdefaulttimeout():
    """Seconds; None: for ever."""
    return Descriptor.default_timeout


def setdefaulttimeout(timeout):
    """For the sockets that are made from now on."""
    Descriptor.default_timeout = None if timeout is None else float(timeout)


def dup(fd):
    """There is none."""
    raise OSError(38, "A socket cannot be duplicated in this playground.")


def modules():
    """The modules that take the place of the platform's: name to module. Sets the numbers in `errno`, too."""
    for name, number in _ERRNOS.items():
        setattr(errno, name, number)
        errno.errorcode[number] = name
    mine = {**vars(names), **globals(), "close": descriptors.close}
    socket_module = types.ModuleType("_socket", _platform.__doc__)
    for name, value in vars(_platform).items():
        if not name.startswith("__"):
            setattr(socket_module, name, mine.get(name, value) if callable(value) else value)
    socket_module.socket = socket_module.SocketType = Socket
    socket_module.socketpair = socketpair
    socket_module.has_ipv6 = False
    select_module = types.ModuleType("select", _platform_select.__doc__)
    select_module.error = OSError
    for name, value in vars(waiting).items():
        if name in ("select", "poll") or name.startswith("POLL"):
            setattr(select_module, name, value)
    return {"_socket": socket_module, "select": select_module}
