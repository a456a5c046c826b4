"""The PostgreSQL and Valkey servers that Tranche starts itself, where no URL names real ones."""

from config.embedded.environment import filled_environment, without_embedded
from config.embedded.errors import EmbeddedServerError
from config.embedded.stack import RunningServers, Stack
from config.embedded.throwaway import throwaway_servers

__all__ = [
    "EmbeddedServerError",
    "RunningServers",
    "Stack",
    "filled_environment",
    "throwaway_servers",
    "without_embedded",
]
