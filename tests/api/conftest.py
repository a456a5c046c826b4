"""The world of the access table, for the API as a whole."""

from tests.access.conftest import world

__all__ = ["world"]
