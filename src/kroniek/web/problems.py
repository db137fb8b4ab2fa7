"""What can be wrong with a request, each with the words that help and the status of the answer."""

from __future__ import annotations

from kroniek.errors import KroniekError


class RequestProblem(KroniekError):
    """A request that cannot be answered; `key` names the message, `values` fill it."""

    status = 400

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class BadRequest(RequestProblem):
    """Something in the address or the form is not of the right form."""


class Forbidden(RequestProblem):
    """The request may not do that."""

    status = 403


class Missing(RequestProblem):
    """There is no such page or record."""

    status = 404


class TooMany(RequestProblem):
    """Too many tries in a short time."""

    status = 429


class Conflict(RequestProblem):
    """Somebody else changed the same record meanwhile."""

    status = 409
