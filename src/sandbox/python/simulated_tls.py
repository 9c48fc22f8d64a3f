"""What lies under Python's `ssl`: a handshake with the simulated gateway, and then the bytes as they are.

Nothing is encrypted, because nothing leaves the page. What is real are the checks and how they fail: names, numbers and
texts of the errors are those of OpenSSL 3 under CPython. On the wire the client's hello carries the server name, and the
server's hello says what is wrong with its certificate.
"""

import ipaddress
import ssl

_HELLO = b"\x16\x03\x01"
_SERVER_HELLO = b"\x16\x03\x03"

# What a server can lack, and how OpenSSL says so. The first group is about the certificate, and counts only where it is checked.
_CERTIFICATE = {
    "expired": (10, "certificate has expired"),
    "not-yet-valid": (9, "certificate is not yet valid"),
    "self-signed": (18, "self-signed certificate"),
    "unknown-authority": (20, "unable to get local issuer certificate"),
    "wrong-name": (62, "Hostname mismatch, certificate is not valid for '{name}'."),
    "wrong-address": (64, "IP address mismatch, certificate is not valid for '{name}'."),
}
_ALERTS = {
    "version": ("TLSV1_ALERT_PROTOCOL_VERSION", "tlsv1 alert protocol version"),
    "handshake": ("SSLV3_ALERT_HANDSHAKE_FAILURE", "ssl/tls alert handshake failure"),
    "client-certificate": ("TLSV13_ALERT_CERTIFICATE_REQUIRED", "tlsv13 alert certificate required"),
}

# The line in CPython's source differs from version to version.
_PLACE = "(_ssl.c:1032)"


def _ssl_error(kind, number, reason, text):
    error = kind(number, f"[SSL: {reason}] {text} {_PLACE}")
    error.library, error.reason = "SSL", reason
    return error


def _hello(name):
    data = (name or "").encode("idna") if name else b""
    return _HELLO + len(data).to_bytes(2) + data


def _is_address(name):
    try:
        return bool(ipaddress.ip_address(name))
    except ValueError:
        return False


def _check(context, name, flaw):
    """Raises what OpenSSL says of a server's hello."""
    if flaw in _CERTIFICATE:
        if context.verify_mode == ssl.CERT_NONE or (flaw == "wrong-name" and not context.check_hostname):
            return
        code, text = _CERTIFICATE["wrong-address" if flaw == "wrong-name" and _is_address(name) else flaw]
        message = text.format(name=name)
        error = _ssl_error(
            ssl.SSLCertVerificationError, 1, "CERTIFICATE_VERIFY_FAILED", f"certificate verify failed: {message}"
        )
        error.verify_code, error.verify_message = code, message
        raise error
    if flaw in _ALERTS:
        raise _ssl_error(ssl.SSLError, 1, *_ALERTS[flaw])


def _read_server_hello(context, name, read):
    """@read gives exactly so many bytes, or fewer at the end of the connection"""
    head = read(5)
    if len(head) < 5 and not head.startswith(b"H"):
        error = ssl.SSLEOFError(8, f"[SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred in violation of protocol {_PLACE}")
        error.library, error.reason = "SSL", "UNEXPECTED_EOF_WHILE_READING"
        raise error
    if head[:3] != _SERVER_HELLO:
        raise _ssl_error(ssl.SSLError, 1, "WRONG_VERSION_NUMBER", "wrong version number")
    _check(context, name, read(int.from_bytes(head[3:5])).decode())


_CIPHER = ("TLS_AES_256_GCM_SHA384", "TLSv1.3", 256)


def _certificate(name, binary):
    if binary:
        return b""
    return {"subject": ((("commonName", name),),), "subjectAltName": (("DNS", name),)}


class _Session:
    """What a socket and a memory BIO have in common once the handshake is done."""

    def version(self):
        return "TLSv1.3"

    def cipher(self):
        return _CIPHER

    def shared_ciphers(self):
        return [_CIPHER]

    def compression(self):
        return None

    def selected_alpn_protocol(self):
        return None

    def get_channel_binding(self, cb_type="tls-unique"):
        return None

    def getpeercert(self, binary_form=False):
        checked = binary_form or self.context.verify_mode != ssl.CERT_NONE
        return _certificate(self.server_hostname, binary_form) if checked else {}


class _SecuredSocket(_Session):
    """Methods of `ssl.SSLSocket`, on a simulated connection."""

    def do_handshake(self, block=False):
        def read(count):
            data = b""
            while len(data) < count and (piece := ssl.socket.recv(self, count - len(data))):
                data += piece
            return data

        ssl.socket.sendall(self, _hello(self.server_hostname))
        try:
            _read_server_hello(self.context, self.server_hostname, read)
        except TimeoutError:
            raise TimeoutError("_ssl.c:1015: The handshake operation timed out") from None

    def connect(self, address):
        ssl.socket.connect(self, address)
        self.do_handshake()

    def pending(self):
        return 0

    def unwrap(self):
        return ssl.socket(self.family, self.type, self.proto, self.detach())

    def shutdown(self, how):
        ssl.socket.shutdown(self, how)

    def recv(self, buflen=1024, flags=0):
        self._refuse(flags, "recv")
        return self._read(lambda: ssl.socket.recv(self, buflen))

    def recv_into(self, buffer, nbytes=None, flags=0):
        self._refuse(flags, "recv_into")
        return self._read(lambda: ssl.socket.recv_into(self, buffer, nbytes or len(buffer)))

    def _refuse(self, flags, call):
        if flags:
            raise ValueError(f"non-zero flags not allowed in calls to {call}() on {self.__class__}")

    def _read(self, act):
        try:
            return act()
        except TimeoutError:
            raise TimeoutError("The read operation timed out") from None
        except BlockingIOError:
            raise ssl.SSLWantReadError(2, f"The operation did not complete (read) {_PLACE}") from None

    def send(self, data, flags=0):
        self._refuse(flags, "send")
        return ssl.socket.send(self, data)

    def sendall(self, data, flags=0):
        self._refuse(flags, "sendall")
        ssl.socket.sendall(self, data)


class _SecuredObject(_Session):
    """In place of `ssl.SSLObject`: the same over two buffers, as asyncio and anyio do TLS."""

    def __init__(self, incoming, outgoing, server_hostname, context):
        self._incoming, self._outgoing = incoming, outgoing
        self.server_hostname, self.context = server_hostname, context
        self.server_side, self.session, self.session_reused = False, None, None
        self._greeted = False
        self._arrived = b""

    def do_handshake(self):
        if not self._greeted:
            self._greeted = True
            self._outgoing.write(_hello(self.server_hostname))
        self._arrived += self._incoming.read()
        head = self._arrived[:5]
        whole = head[:3] != _SERVER_HELLO or len(self._arrived) >= 5 + int.from_bytes(head[3:5])
        if not self._incoming.eof and (len(head) < 5 or not whole):
            raise ssl.SSLWantReadError(2, f"The operation did not complete (read) {_PLACE}")

        def read(count):
            data, self._arrived = self._arrived[:count], self._arrived[count:]
            return data

        _read_server_hello(self.context, self.server_hostname, read)

    def read(self, len=1024, buffer=None):
        data, self._arrived = self._arrived[:len], self._arrived[len:]
        data = data or self._incoming.read(len)
        if not data and not self._incoming.eof:
            raise ssl.SSLWantReadError(2, f"The operation did not complete (read) {_PLACE}")
        if buffer is None:
            return data
        count = data.__len__()
        buffer[:count] = data
        return count

    def write(self, data):
        return self._outgoing.write(bytes(data))

    def pending(self):
        return self._incoming.pending

    def unwrap(self):
        return None


def _wrap_bio(self, incoming, outgoing, server_side=False, server_hostname=None, session=None):
    name = server_hostname.decode("ascii") if isinstance(server_hostname, bytes) else server_hostname
    return _SecuredObject(incoming, outgoing, name, self)


def install():
    """Gives the classes of `ssl` the handshake that they lack here."""
    for name, value in vars(ssl).items():
        if isinstance(value, type) and issubclass(value, ssl.SSLError):
            value.__module__ = "ssl"
    for part in (_Session, _SecuredSocket):
        for name, value in vars(part).items():
            if callable(value):
                setattr(ssl.SSLSocket, name, value)
    ssl.SSLContext.wrap_bio = _wrap_bio
    ssl.SSLObject = ssl.SSLContext.sslobject_class = _SecuredObject
    ssl.HAS_TLSv1_3 = ssl.HAS_ECDH = ssl.HAS_NEVER_CHECK_COMMON_NAME = True
