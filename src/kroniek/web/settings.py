"""How the workbench is run: address, password, secrets."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import socket
from dataclasses import dataclass, field

from kroniek.errors import KroniekError

SHORTEST_PASSWORD = 8  # code points
SCRYPT = {"n": 2**14, "r": 8, "p": 1}  # 16 MB and some 50 ms a try


class ServeError(KroniekError):
    """The workbench cannot be run in the way that was asked for."""


@dataclass(frozen=True, slots=True)
class Password:
    """A password as salt and scrypt hash; the words themselves are not kept."""

    salt: bytes
    digest: bytes

    @classmethod
    def of(cls, words: str) -> Password:
        """Return the hash of a password; raises ServeError when it is too short."""
        if len(words) < SHORTEST_PASSWORD:
            raise ServeError(f"the password is too short: use at least {SHORTEST_PASSWORD} characters")
        salt = secrets.token_bytes(16)
        return cls(salt, _scrypt(words, salt))

    def fits(self, words: str) -> bool:
        """Tell whether these are the words, in a time that does not depend on where they differ."""
        return hmac.compare_digest(self.digest, _scrypt(words, self.salt))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one run. `secret` signs cookies and forms: sessions end when the server stops.

    Raises ServeError when others can reach the address and there is no password.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    password: Password | None = None
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    largest_form: int = 16 * 1024 * 1024  # bytes of a request's body

    def __post_init__(self) -> None:
        if self.password is None and not is_loopback(self.host):
            raise ServeError(
                f"{self.host}: others can reach this address, so it needs a password: "
                "give one with --password-file FILE, or leave --host away to stay on this machine"
            )

    def knows(self, name: str) -> bool:
        """Tell whether a request may name this server so (its Host header without the port).

        Other names are refused: a strange site can point its own name to 127.0.0.1 (DNS rebinding).
        """
        if is_loopback(name) or name == self.host.casefold():
            return True
        return not is_loopback(self.host) and (_is_address(name) or name == socket.gethostname().casefold())


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _scrypt(words: str, salt: bytes) -> bytes:
    return hashlib.scrypt(words.encode("utf-8", "surrogatepass"), salt=salt, **SCRYPT)
