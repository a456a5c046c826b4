"""The embedded PostgreSQL 18."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import psycopg2
from psycopg2 import sql

from config.embedded.binaries import postgres_programs
from config.embedded.errors import EmbeddedServerError
from config.embedded.files import write_private
from config.embedded.server import Server

MEBIBYTE = 1024 * 1024
NAME = "tranche"  # of the role and of the database
# Only for servers whose data is deleted at the end. A crash of the machine may lose it; one of the server,
# which tests bring about, may not, and so commits stay synchronous.
UNSAFE_AND_QUICK = {
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


class Postgres(Server):
    name = "postgres"
    stop_signal = signal.SIGINT  # "fast": ends sessions, writes a checkpoint

    @property
    def url(self) -> str:
        return f"postgres://{NAME}:{self.password}@127.0.0.1:{self.port}/{NAME}"

    @property
    def pid_file(self) -> Path:
        return self.folder / "postmaster.pid"

    def prepare(self) -> None:
        """In a draft folder first, so that no half-made one is taken for data after an interruption."""
        if (self.folder / "PG_VERSION").exists():
            return
        draft = self.home / ".postgres-draft"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self.account.own(draft)
        self._initdb(draft)
        (draft / "data").rename(self.folder)
        shutil.rmtree(draft)

    def _initdb(self, draft: Path) -> None:
        """Raises EmbeddedServerError with what `initdb` says."""
        password_file = draft / "password"
        write_private(password_file, self.password)
        self.account.own(password_file)
        made = subprocess.run(
            [
                str(postgres_programs(self.account, self.home) / "initdb"),
                f"--pgdata={draft / 'data'}",
                f"--username={NAME}",
                f"--pwfile={password_file}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                # PostgreSQL's own C.UTF-8 is there on machines whose C library has none.
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions",
                *(["--no-sync"] if self.is_throwaway else []),
            ],
            check=False,
            capture_output=True,
            text=True,
            cwd=draft,
            **self.account.process_options,
        )
        if made.returncode:
            raise EmbeddedServerError(f"PostgreSQL's data folder could not be made:\n{made.stderr}")

    def command(self) -> list[str]:
        options = self._options()
        program = postgres_programs(self.account, self.home) / "postgres"
        return [
            str(program),
            "-D",
            str(self.folder),
            *(f"--{name}={value}" for name, value in options.items()),
        ]

    def _options(self) -> dict[str, str]:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // MEBIBYTE
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "max_connections": "200",
            "shared_buffers": f"{min(512, max(32, memory // 8))}MB",
            "effective_cache_size": f"{max(64, memory // 2)}MB",
            "work_mem": "16MB",
            "maintenance_work_mem": f"{min(256, max(32, memory // 16))}MB",
            "max_wal_size": "4GB",
            "random_page_cost": "1.1",
            "jit": "off",
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        return options | (UNSAFE_AND_QUICK if self.is_throwaway else {})

    def forget(self) -> None:
        """Puts our own pid in place of one that may be another program's by now.

        PostgreSQL takes its parent's pid for a stale one, and still finds by the other lines whether a
        backend of the killed server is at work on the data. Without the file it would not ask.
        """
        if self.pid_file.exists():
            _, *others = self.pid_file.read_text().splitlines()
            self.pid_file.write_text("\n".join([str(os.getpid()), *others, ""]))

    def answers(self) -> bool:
        try:
            self._connection("postgres").close()
        except psycopg2.OperationalError:
            return False
        return True

    def complete(self) -> None:
        connection = self._connection("postgres")
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
                if cursor.fetchone() is None:
                    cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
        finally:
            connection.close()

    def _connection(self, database: str) -> "psycopg2.extensions.connection":
        return psycopg2.connect(
            host="127.0.0.1",
            port=self.port,
            user=NAME,
            password=self.password,
            dbname=database,
            connect_timeout=5,
        )
