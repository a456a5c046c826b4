"""The embedded Valkey 9: broker and cache."""

import signal
from pathlib import Path

import redis

from config.embedded.binaries import valkey_server
from config.embedded.files import write_private
from config.embedded.server import Server

# Nothing is written to disk: the delivery's row is the queue of record and the sweeps publish again
# what a lost broker held, so that persistence would only cost time. `set-proc-title no` keeps the
# folder in the command line, by which the process is known again.
CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
pidfile {pid_file}
dir {folder}
save ""
appendonly no
databases 64
maxmemory-policy noeviction
daemonize no
set-proc-title no
"""


class Valkey(Server):
    name = "valkey"
    stop_signal = signal.SIGTERM

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    @property
    def pid_file(self) -> Path:
        return self.folder / "valkey.pid"

    @property
    def _configuration(self) -> Path:
        return self.folder / "valkey.conf"

    def prepare(self) -> None:
        text = CONFIGURATION.format(
            port=self.port, password=self.password, pid_file=self.pid_file, folder=self.folder
        )
        write_private(self._configuration, text)
        self.account.own(self._configuration)

    def command(self) -> list[str]:
        return [str(valkey_server(self.account, self.home)), str(self._configuration)]

    def forget(self) -> None:
        self.pid_file.unlink(missing_ok=True)

    def answers(self) -> bool:
        client = redis.Redis.from_url(self.url, socket_timeout=2, socket_connect_timeout=2, retry=None)
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()
