"""Who is at the browser: a signed cookie with the session, and the name of the coder."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from urllib.parse import quote, unquote

SESSION, CODER, LANGUAGE = "kroniek_session", "kroniek_coder", "kroniek_language"
LONGEST_NAME = 60  # code points of a coder's name
YEAR = 365 * 24 * 3600  # seconds


@dataclass(frozen=True, slots=True)
class Session:
    """One browser. `signed_in` matters only where there is a password."""

    id: str
    signed_in: bool = False


def new_session(*, signed_in: bool = False) -> Session:
    """Return a session that no one can guess."""
    return Session(secrets.token_urlsafe(18), signed_in)


def pack_session(session: Session, secret: bytes) -> str:
    """Return the cookie's value: the session and its signature."""
    content = json.dumps([session.id, session.signed_in]).encode()
    return f"{base64.urlsafe_b64encode(content).decode()}.{sign(content, secret)}"


def read_session(cookie: str, secret: bytes) -> Session | None:
    """Return the session of a cookie; None when it is missing, broken or not signed by us."""
    packed, _, signature = cookie.partition(".")
    try:
        content = base64.urlsafe_b64decode(packed)
        if not hmac.compare_digest(signature.encode(), sign(content, secret).encode()):
            return None
        identity, signed_in = json.loads(content)
    except ValueError:
        return None
    return Session(str(identity), bool(signed_in))


def form_token(session: Session, secret: bytes) -> str:
    """Return the token that a form of this session must carry."""
    return sign(f"form:{session.id}".encode(), secret)


def sign(content: bytes, secret: bytes) -> str:
    """Return the HMAC-SHA-256 of some bytes as hex digits."""
    return hmac.new(secret, content, hashlib.sha256).hexdigest()


def pack_coder(name: str) -> str:
    """Return a coder's name as a cookie's value."""
    return quote(name, safe="")


def read_coder(cookie: str) -> str:
    """Return the coder's name of a cookie, "" when there is none that can be shown."""
    return coder_name(unquote(cookie, errors="replace"))


def coder_name(words: str) -> str:
    """Return a coder's name without outer blanks; "" when it is too long or holds unprintable signs."""
    name = words.strip()
    return name if len(name) <= LONGEST_NAME and name.isprintable() else ""
