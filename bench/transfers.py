"""CSV out, at full size."""

from __future__ import annotations

import io
import time

import psutil
from django.db import connection
from django.urls import reverse

from bench.memory import peak_mebibytes
from bench.pages import IT_MANAGER, browser_of
from bench.results import Report, Result, of_runs
from fleet.models import Device, Organisation, User

RUNS = 3
_DEVICES = """
    COPY (
        SELECT device.*, site.name, holder.name, model.name, heartbeat.last_seen_at
        FROM fleet_device device LEFT JOIN fleet_site site ON site.id = device.site_id
        LEFT JOIN fleet_staffmember holder ON holder.id = device.holder_id
        LEFT JOIN fleet_devicemodel model ON model.id = device.model_id
        LEFT JOIN fleet_heartbeat heartbeat ON heartbeat.device_id = device.id
        WHERE device.organisation_id = {organisation}
    ) TO STDOUT (FORMAT csv)
"""


def measure_export(report: Report, port: int, run: psutil.Process) -> None:
    """Rows a second of the device list's CSV, beside COPY of the same rows, and what memory that took."""
    user = User.objects.get(email=IT_MANAGER)
    client = browser_of(user, port)
    organisation = Organisation.objects.get(code="REVENUE")
    rows = Device.objects.filter(organisation=organisation).count()
    path = f"{reverse('fleet:device-list')}?format=csv"
    before = _web_peak(run)
    ours = [rows / (client.timed_get(path) / 1000) for _ in range(RUNS)]
    copied = [rows / _copy(organisation.pk) for _ in range(RUNS)]
    reference = sorted(copied)[RUNS // 2]
    ratio = sorted(ours)[RUNS // 2] / reference
    report.add(
        of_runs(
            "CSV export of devices",
            ours,
            "rows/s",
            reference=reference,
            ratio=ratio,
            size=f"{rows:,}",
            wanted="0.3, at least 0.1",
        )
    )
    grown = max(_web_peak(run) - before, 0.0)
    report.add(Result("Memory that CSV export added", grown, "MiB", size=f"{rows:,}", wanted="flat"))


def _copy(organisation: int) -> float:
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.copy_expert(_DEVICES.format(organisation=organisation), io.StringIO())
    return time.perf_counter() - started


def _web_peak(run: psutil.Process) -> float:
    processes = run.children(recursive=True)
    return max(peak_mebibytes(one.pid) for one in processes if "gunicorn" in " ".join(one.cmdline()))
