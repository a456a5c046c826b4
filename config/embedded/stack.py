"""One PostgreSQL and one Valkey that belong to a folder, shared by every process that uses them."""

import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path

from config.embedded.account import Account
from config.embedded.errors import EmbeddedServerError
from config.embedded.files import FileLock, create_private, read_json, write_private
from config.embedded.postgres import Postgres
from config.embedded.server import Server
from config.embedded.valkey import Valkey

# Where root keeps the data when the servers' account may not enter the given folder.
ROOT_HOMES = Path("/var/lib/tranche")


SERVERS: dict[str, type[Server]] = {server.name: server for server in (Postgres, Valkey)}


@dataclass
class Secrets:
    """What was made at random on the first start, and the ports of the last one."""

    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(50))
    passwords: dict[str, str] = field(
        default_factory=lambda: {name: secrets.token_urlsafe(24) for name in SERVERS}
    )
    ports: dict[str, int] = field(default_factory=dict)


@dataclass
class RunningServers:
    """Some servers of a stack, up while it is in use."""

    servers: dict[str, Server]
    _ensure_up: Callable[[Server], None] = lambda _server: None

    @property
    def urls(self) -> dict[str, str]:
        return {name: server.url for name, server in self.servers.items()}

    def revive(self) -> list[str]:
        """Starts again those that have ended meanwhile, on their port; returns their names."""
        ended = [name for name, server in self.servers.items() if server.process() is None]
        for name in ended:
            self._ensure_up(self.servers[name])
        return ended


class Stack:
    """The servers of `folder`.

    Two locks keep order, and both vanish with a process that is killed: `start.lock` is held while
    servers are started or stopped, and each process that uses them shares `use.lock`. So the last user
    to leave stops them, and after a SIGKILL the next user finds them running and adopts them.
    """

    def __init__(self, folder: Path, *, is_throwaway: bool = False) -> None:
        self.folder = folder.resolve()
        self.is_throwaway = is_throwaway
        self.account = Account.for_servers()
        self._make_folder()

    @contextmanager
    def in_use(self, *names: str) -> Iterator[RunningServers]:
        """Starts the named servers ("postgres", "valkey") where they are not up, and yields them.

        Raises EmbeddedServerError with what to do when one cannot be started.
        """
        use = FileLock(self.folder / "use.lock")
        try:
            with self._starting():
                use.share()
            for name in names:
                self._ensure_up(self._servers[name])
            yield RunningServers({name: self._servers[name] for name in names}, self._ensure_up)
        finally:
            with self._starting():
                self._leave(use)

    def secrets(self) -> Secrets:
        """Those of this folder, made at random when it has none yet."""
        path = self.folder / "secrets.json"
        if not path.exists():
            create_private(path, json.dumps(asdict(Secrets())))
        return Secrets(**read_json(path))

    @cached_property
    def home(self) -> Path:
        """Where the data lies: in `folder`, unless the servers' account cannot enter that."""
        return self.folder if self.account.can_reach(self.folder) else self._root_home()

    def _starting(self) -> AbstractContextManager[None]:
        return FileLock.held(self.folder / "start.lock")

    def _ensure_up(self, server: Server) -> None:
        """Under the lock the port is read again: another user may just have started the server."""
        with self._starting():
            server.port = self.secrets().ports.get(server.name, 0)
            server.ensure_up(lambda: self._remember_port(server))

    def _leave(self, use: FileLock) -> None:
        """The last user stops everything; getting the lock for oneself alone tells who is last."""
        if use.try_take():
            for server in self._servers.values():
                server.stop()
        use.close()

    @cached_property
    def _servers(self) -> dict[str, Server]:
        passwords = self.secrets().passwords
        return {
            name: kind(self.home, self.account, passwords[name], is_throwaway=self.is_throwaway)
            for name, kind in SERVERS.items()
        }

    def _remember_port(self, server: Server) -> None:
        known = self.secrets()
        known.ports[server.name] = server.port
        write_private(self.folder / "secrets.json", json.dumps(asdict(known)))

    def _make_folder(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.folder.stat().st_uid != os.geteuid():
            raise EmbeddedServerError(
                f"{self.folder} belongs to another user. Run this as that user, or move the folder away."
            )
        self.folder.chmod(0o711)  # ours; the servers' account passes through it to its own folders

    def _root_home(self) -> Path:
        home = ROOT_HOMES / hashlib.sha256(str(self.folder).encode()).hexdigest()[:16]
        home.mkdir(parents=True, exist_ok=True)
        if not self.account.can_reach(home):
            raise EmbeddedServerError(
                f"PostgreSQL does not run as root, and its account cannot enter {home}. "
                "Start Tranche as an ordinary user."
            )
        return home
