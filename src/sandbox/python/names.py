"""The hosts of the simulated network, as name servers and `/etc/services` tell of them."""

import ipaddress

import _socket as _platform

from gateway_lab import network

_AF_INET, _SOCK_STREAM, _TCP = 2, 1, 6


def lookup(host):
    """The address of a host, in dots. Raises gaierror with the numbers and texts of the C library."""
    if isinstance(host, (bytes, bytearray)):
        host = bytes(host).decode("ascii")
    if host is None or host in ("", "localhost"):
        return "127.0.0.1"
    if host.replace(".", "").isdecimal():
        try:
            return str(ipaddress.IPv4Address(host))
        except ValueError:
            pass
    found = network.lookup(host)
    if found is None:
        raise _platform.gaierror(-2, "Name or service not known")
    if found == "":
        raise _platform.gaierror(-3, "Temporary failure in name resolution")
    return found


_SERVICES = {"http": 80, "https": 443}


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    """One IPv4 address for each host that exists."""
    if isinstance(port, (str, bytes)):
        text = port.decode() if isinstance(port, bytes) else port
        if text not in _SERVICES and not text.isdigit():
            raise _platform.gaierror(-8, "Servname not supported for ai_socktype")
        port = _SERVICES.get(text) or int(text)
    if family not in (0, _AF_INET):
        raise _platform.gaierror(-9, "Address family for hostname not supported")
    return [(_AF_INET, type or _SOCK_STREAM, proto or _TCP, "", (lookup(host), port or 0))]


def gethostbyname(host):
    return lookup(host)


def gethostbyname_ex(host):
    return (host, [], [lookup(host)])


def gethostname():
    return "gateway-lab"


def getservbyname(name, protocol="tcp"):
    if name not in _SERVICES:
        raise OSError("service/proto not found")
    return _SERVICES[name]
