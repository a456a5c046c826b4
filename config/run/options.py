"""What `make run` was asked for, and where it keeps what it needs."""

from collections.abc import Mapping
from dataclasses import dataclass

from config.paths import VAR

STATE = VAR / "run"
LOGS = VAR / "log"
# Where mail goes while no mail server is named.
MAIL = VAR / "mail"
DEMO_SIZES = ("full", "small", "none")


class RunError(Exception):
    """It cannot go on; the message says why and what to do."""


@dataclass(frozen=True)
class Options:
    port: int
    demo: str

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "Options":
        """From PORT and DEMO. A server named by DATABASE_URL is never filled with demo data unasked.

        Raises RunError where a value cannot be used.
        """
        port = environment.get("PORT") or "8000"
        if not (port.isdecimal() and 0 < int(port) < 65536):
            raise RunError(f"PORT is {port!r}. Give a number from 1 to 65535, such as make run PORT=8001.")
        demo = environment.get("DEMO") or ("none" if environment.get("DATABASE_URL") else "full")
        if demo not in DEMO_SIZES:
            raise RunError(f"DEMO is {demo!r}. Give one of {', '.join(DEMO_SIZES)}.")
        return cls(int(port), demo)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"
