"""One PostgreSQL and one Valkey that belong to a folder, shared by every process that uses them."""

import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from config.embedded.account import Account
from config.embedded.errors import EmbeddedServerError
from config.embedded.files import FileLock, read_json, write_private
from config.embedded.postgres import Postgres
from config.embedded.server import Server
from config.embedded.valkey import Valkey

# Where root keeps the data when the servers' account may not enter the given folder.
ROOT_HOMES = Path("/var/lib/tranche")


@dataclass
class Secrets:
    """What was made at random on the first start, and the ports of the last one."""

    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(50))
    postgres_password: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    valkey_password: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    postgres_port: int = 0
    valkey_port: int = 0


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
        self._home: Path | None = None

    @contextmanager
    def in_use(self, *names: str) -> Iterator[dict[str, str]]:
        """Starts the named servers ("postgres", "valkey") where they are not up; yields their URLs.

        Raises EmbeddedServerError with what to do when one cannot be started.
        """
        use = FileLock(self.folder / "use.lock")
        try:
            with FileLock.held(self.folder / "start.lock"):
                use.share()
                servers = self._servers(self.secrets())
                chosen = {name: servers[name] for name in names}
                for server in chosen.values():
                    server.ensure_up(lambda: self._remember_ports(servers))
            yield {name: server.url for name, server in chosen.items()}
        finally:
            with FileLock.held(self.folder / "start.lock"):
                self._leave(use)

    def secrets(self) -> Secrets:
        """Those of this folder, made at random when it has none yet."""
        path = self.folder / "secrets.json"
        if stored := read_json(path):
            return Secrets(**stored)
        fresh = Secrets()
        write_private(path, json.dumps(asdict(fresh)))
        return fresh

    @property
    def home(self) -> Path:
        """Where the data lies: in `folder`, unless the servers' account cannot enter that."""
        if self._home is None:
            self._home = self.folder if self.account.can_reach(self.folder) else self._root_home()
        return self._home

    def _leave(self, use: FileLock) -> None:
        """The last user stops everything; asking for the lock alone tells who is last."""
        is_last = use.try_take()
        if is_last:
            for server in self._servers(self.secrets()).values():
                server.stop()
        use.close()

    def _servers(self, known: Secrets) -> dict[str, Server]:
        return {
            "postgres": Postgres(
                self.home,
                self.account,
                known.postgres_password,
                known.postgres_port,
                is_throwaway=self.is_throwaway,
            ),
            "valkey": Valkey(self.home, self.account, known.valkey_password, known.valkey_port),
        }

    def _remember_ports(self, servers: dict[str, Server]) -> None:
        known = self.secrets()
        known.postgres_port = servers["postgres"].port
        known.valkey_port = servers["valkey"].port
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
