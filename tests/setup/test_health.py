"""Ready means able to take in: the database and its migrations; the queue is only listed."""

from __future__ import annotations

import json
import sys
import urllib.error
import urllib.request
from typing import Any

from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from config.heartbeat import say_alive
from tests.processes import child_environment, running, until

NOWHERE = "127.0.0.1:1"


def test_live_needs_no_sign_in_no_host_name_and_no_database(client: Client) -> None:
    answer = client.get("/health/live", headers={"host": "10.1.2.3"})
    assert answer.status_code == 200
    assert answer.json() == {"status": "live"}
    assert answer["Cache-Control"] == "no-store"


def test_ready_lists_who_was_heard_of(client: Client, db: None, settings: Any) -> None:
    say_alive("worker", settings.CELERY_BROKER_URL)
    answer = client.get("/health/ready")
    body = answer.json()
    assert answer.status_code == 200
    assert (body["status"], body["database"], body["broker"]) == ("ready", "ok", "ok")
    assert body["workers"]["status"] == "ok"
    assert body["workers"]["hosts"]


def test_a_broker_that_is_down_degrades_and_no_more(client: Client, db: None, settings: Any) -> None:
    settings.CELERY_BROKER_URL = f"redis://{NOWHERE}/0"
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ready",
        "database": "ok",
        "broker": "degraded",
        "workers": {"status": "degraded", "hosts": []},
        "beat": {"status": "degraded", "hosts": []},
    }


def test_not_ready_while_a_migration_is_missing_and_ready_after(client: Client, db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions' RETURNING app, name, applied")
        rows = cursor.fetchall()
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["database"]) == (503, "migrations missing")
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)", rows)
    assert client.get("/health/ready").status_code == 200


def test_once_ready_the_migrations_are_not_looked_up_again(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/health/ready")
    with django_assert_num_queries(1):  # SELECT 1
        client.get("/health/ready")


def test_a_database_that_is_down_is_not_ready_but_live(db: None, free_port: int) -> None:
    environment = child_environment(
        DATABASE_URL=f"postgres://tranche@{NOWHERE}/tranche", BIND=f"127.0.0.1:{free_port}", WEB_WORKERS="1"
    )

    with running(f"{sys.executable} -m gunicorn -c python:config.web_server config.wsgi", environment):
        until(lambda: asked(free_port, "/health/live")[0] == 200, what="the web server")
        status, body = asked(free_port, "/health/ready")
    assert (status, body["status"], body["database"]) == (503, "not ready", "unreachable")


def asked(port: int, path: str) -> tuple[int, dict[str, Any]]:
    """Status and body; 0 and nothing while no server listens."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)
    except OSError:
        return 0, {}
