"""`manage.py backup` and `restore`: every table comes back, into an empty folder and into a running stack."""

from __future__ import annotations

import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
import pytest
from psycopg2 import sql

from config.embedded import Stack, without_embedded
from config.paths import PROJECT
from tests.migrated import migrate
from tests.processes import own_folder, running, until

# One process takes them all, since they share what is slow to start.
pytestmark = pytest.mark.xdist_group("backup")

Tables = dict[str, tuple[int, str]]
CREATE = (
    "create_organisation",
    "SHIRE",
    "Shire County Council",
    "--kind",
    "council",
    "--admin",
    "a@s.example",
)
SITES = "code,name,kind\nHQ,Shire Hall,headquarters\nD1,O’Neill Dépôt,depot\n"


def manage(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        check=False,
        cwd=PROJECT,
        env=environment | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
    )


def done(environment: dict[str, str], *arguments: str) -> str:
    asked = manage(environment, *arguments)
    assert asked.returncode == 0, asked.stderr
    return asked.stdout


def database(environment: dict[str, str]) -> str:
    """The URL of the folder's running PostgreSQL."""
    with Stack(Path(environment["VAR_DIR"]) / "embedded").in_use("postgres") as servers:
        return servers.urls["postgres"]


def ask(url: str, statement: str | sql.Composed) -> list[tuple[Any, ...]]:
    with closing(psycopg2.connect(url)) as server, server, server.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def tables(url: str) -> Tables:
    """Per table and sequence: how many rows, and a digest over all of them."""
    found = ask(
        url,
        "SELECT relname, relkind FROM pg_class "
        "WHERE relkind IN ('r', 'S') AND relnamespace = 'public'::regnamespace",
    )
    return {
        name: _digest(url, name, "t::text" if kind == "r" else "t.last_value::text") for name, kind in found
    }


def _digest(url: str, name: str, row: str) -> tuple[int, str]:
    query = sql.SQL(
        "SELECT count(*), md5(coalesce(string_agg({row}, '|' ORDER BY {row}), '')) FROM {table} t"
    )
    [(count, digest)] = ask(url, query.format(row=sql.SQL(row), table=sql.Identifier(name)))
    return count, digest


@pytest.fixture(scope="module")
def council(bare_environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """A folder with an organisation, its administrator and two sites; its servers stay up."""
    folder = Path(bare_environment["VAR_DIR"])
    with Stack(folder / "embedded").in_use("postgres", "valkey") as servers:
        migrate(bare_environment | {"DATABASE_URL": servers.urls["postgres"]})
        done(bare_environment, *CREATE)
        load(bare_environment, SITES)
        yield bare_environment


def load(environment: dict[str, str], content: str) -> None:
    file = Path(environment["VAR_DIR"]) / "sites.csv"
    file.write_text(content, encoding="utf-8")
    done(environment, "load_csv", "sites", str(file), "--organisation", "SHIRE")


@pytest.fixture(scope="module")
def backup(council: dict[str, str]) -> Path:
    file = Path(council["VAR_DIR"]) / "council.dump"
    said = done(council, "backup", str(file))
    assert "holds the whole database" in said
    return file


def test_only_its_owner_may_read_it_and_nothing_is_overwritten(council: dict[str, str], backup: Path) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600
    again = manage(council, "backup", str(backup))
    assert again.returncode == 1
    assert "exists already" in again.stderr


def test_every_table_comes_back_in_an_empty_folder(council: dict[str, str], backup: Path) -> None:
    with own_folder() as folder:
        other = without_embedded(council) | {"VAR_DIR": str(folder)}
        with Stack(folder / "embedded").in_use("postgres"):
            assert "kept" not in done(other, "restore", str(backup))
            before, after = tables(database(council)), tables(database(other))
            assert before["fleet_site"][0] == 2
            assert after == before
            load(other, SITES + "N1,New Lane,depot\n")  # sequences and triggers work on
            assert tables(database(other))["fleet_sitechange"][0] == 3


def test_a_running_stack_is_put_back_and_goes_on(
    council: dict[str, str], backup: Path, free_port: int
) -> None:
    with running(f"{sys.executable} -m config.run", council | {"PORT": str(free_port)}) as tranche:
        tranche.until_says("Tranche is ready")
        load(council, SITES.replace("Shire Hall", "Spoilt"))
        assert manage(council, "restore", str(backup)).returncode == 1
        said = done(council, "restore", str(backup), "--replace")
        kept = said.partition("kept as the database ")[2].split(".")[0]
        url = database(council)
        assert names(url) == {"Shire Hall", "O’Neill Dépôt"}
        assert names(urlsplit(url)._replace(path=f"/{kept}").geturl()) == {"Spoilt", "O’Neill Dépôt"}
        until(lambda: answers(free_port), what="a page that reads the database")
        assert "process ended" not in tranche.output


def answers(port: int) -> bool:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=10) as answer:
        return bool(answer.status == 200)


def names(url: str) -> set[str]:
    return {name for (name,) in ask(url, "SELECT name FROM fleet_site")}


def test_what_is_no_backup_changes_nothing(council: dict[str, str], tmp_path: Path, backup: Path) -> None:
    broken = tmp_path / "broken.dump"
    broken.write_bytes(backup.read_bytes()[:5000])
    before = tables(database(council))
    for file, reason in ((tmp_path / "missing", "There is no file"), (broken, "could not finish")):
        refused = manage(council, "restore", str(file), "--replace")
        assert refused.returncode == 1
        assert reason in refused.stderr
    assert tables(database(council)) == before
    assert not [name for name in databases(database(council)) if "restoring" in name]


def databases(url: str) -> list[str]:
    return [name for (name,) in ask(url, "SELECT datname FROM pg_database")]


def test_a_newer_versions_backup_is_refused(council: dict[str, str], tmp_path: Path) -> None:
    url, newer = database(council), tmp_path / "newer.dump"
    ask(url, "INSERT INTO django_migrations (app, name, applied) VALUES ('fleet', '9999_later', now())")
    done(council, "backup", str(newer))
    ask(url, "DELETE FROM django_migrations WHERE name = '9999_later'")
    refused = manage(council, "restore", str(newer), "--replace")
    assert "newer version of Tranche (it has fleet.9999_later)" in refused.stderr
