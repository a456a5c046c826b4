"""`/health/live` and `/health/ready`: whether this process runs, and whether it can take in."""

from collections.abc import Callable
from typing import Any

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from config.heartbeat import alive


class HealthMiddleware:
    """Answers before hosts, sessions and sign-in are looked at, so that it answers when those cannot."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._is_migrated = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answers = {"/health/live": self.live, "/health/ready": self.ready}
        if answer := answers.get(request.path_info):
            return answer()
        return self.get_response(request)

    def live(self) -> HttpResponse:
        return _answer({"status": "live"})

    def ready(self) -> HttpResponse:
        """200 where the database answers and has every migration, else 503.

        Broker, workers and beat are only listed: deliveries are stored without them and applied later.
        """
        database = self._database()
        is_ready = database == "ok"
        state = {"status": "ready" if is_ready else "not ready", "database": database, **_queue()}
        return _answer(state, 200 if is_ready else 503)

    def _database(self) -> str:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            # Looked up until it is once true: migrations do not go away under a running process.
            self._is_migrated = self._is_migrated or not _unapplied()
        except DatabaseError:
            return "unreachable"
        return "ok" if self._is_migrated else "migrations missing"


def _unapplied() -> list[Any]:
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def _answer(body: dict[str, Any], status: int = 200) -> HttpResponse:
    return JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})


def _queue() -> dict[str, Any]:
    url: str = settings.CELERY_BROKER_URL
    try:
        return {"broker": "ok"} | {
            name: {"status": "ok" if hosts else "degraded", "hosts": hosts}
            for name, hosts in (("workers", alive("worker", url)), ("beat", alive("beat", url)))
        }
    except redis.RedisError:
        unknown = {"status": "degraded", "hosts": []}
        return {"broker": "degraded", "workers": unknown, "beat": unknown}
