"""What a verb raises when it will not do as asked. Pages show the message, the API maps it to a problem."""


class FleetError(Exception):
    """Base of everything a verb refuses; `str(error)` is a sentence for the person who asked."""


class Conflict(FleetError):
    """The row is no longer in a state that allows this (HTTP 409): somebody else was first."""


class Invalid(FleetError):
    """A value cannot be taken (HTTP 400); `field` names it."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class Forbidden(FleetError):
    """The person may see the row but not do this to it (HTTP 403)."""
