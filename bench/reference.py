"""The raw limit beside intake: the same devices by COPY and one merge, with nothing else around."""

from __future__ import annotations

import io
import time

from django.db import connection, transaction

# As wide and as indexed as the devices that intake fills; an `id` is the key that the merge meets on.
COLUMNS = (
    "id, organisation_id, asset_tag, life_cycle, created_at, serial, hw_id, imei, imei2, meid, wifi_mac, "
    "manufacturer, reported_model, reported_model_id, reported_asset_tag, platform, os_version, os_key, "
    "os_build, user_upn, user_email, user_name, enrolment, compliance, supervised, encrypted, passcode, "
    "wipe, ownership, storage_total_bytes, software"
)


class Reference:
    """A table like the devices' own, and the rows of one organisation as text."""

    def __init__(self, organisation_id: int) -> None:
        self.rows = _copied(organisation_id)
        self.names = [name.strip() for name in COLUMNS.split(",")]

    def first_load(self) -> float:
        """Seconds for an empty table."""
        _execute("DROP TABLE IF EXISTS bench_device")
        _execute("CREATE TABLE bench_device (LIKE fleet_device INCLUDING ALL)")
        return self._merge()

    def update(self) -> float:
        """Seconds to write every row again over itself."""
        return self._merge()

    def drop(self) -> None:
        _execute("DROP TABLE bench_device")

    def _merge(self) -> float:
        sets = ", ".join(f"{name} = excluded.{name}" for name in self.names if name != "id")
        started = time.perf_counter()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TEMP TABLE bench_staged ON COMMIT DROP AS SELECT {COLUMNS} FROM fleet_device LIMIT 0"
            )
            cursor.copy_expert(f"COPY bench_staged ({COLUMNS}) FROM STDIN", io.StringIO(self.rows))
            cursor.execute(
                f"INSERT INTO bench_device ({COLUMNS}) SELECT {COLUMNS} FROM bench_staged "
                f"ON CONFLICT (id) DO UPDATE SET {sets}"
            )
        return time.perf_counter() - started


def _copied(organisation_id: int) -> str:
    text = io.StringIO()
    with connection.cursor() as cursor:
        cursor.copy_expert(
            f"COPY (SELECT {COLUMNS} FROM fleet_device WHERE organisation_id = {organisation_id}) TO STDOUT",
            text,
        )
    return text.getvalue()


def _execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
