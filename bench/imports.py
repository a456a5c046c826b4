"""Files in, at full size: by command, and through the pages and a worker."""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.urls import reverse

from bench.clients import Client
from bench.pages import IT_MANAGER, browser_of
from bench.results import Report, of_runs
from config.paths import PROJECT
from fleet.models import Import, Organisation, Role, User
from fleet.vocabulary import ImportStatus

RUNS = 3
STAFF = 60_000
WANTED = "10, at least 30"
LONGEST_SECONDS = 300


def measure_import(report: Report, port: int, folder: Path) -> None:
    """Seconds to check and to store a staff file, by command and through the pages."""
    file = folder / "staff.csv"
    _write_staff(file)
    _measure_command(report, file)
    _measure_pages(report, port, file)


def _measure_command(report: Report, file: Path) -> None:
    """`load_csv` as a process of its own."""
    for name, options in (("check", ["--check"]), ("apply", [])):
        runs = [_load(file, f"IMPORT{number}", options) for number in range(RUNS)]
        report.add(of_runs(f"CSV import of staff, {name}", runs, "s", size=f"{STAFF:,}", wanted=WANTED))


def _measure_pages(report: Report, port: int, file: Path) -> None:
    """From the press of a button until a worker has checked or applied the file."""
    user = User.objects.get(email=IT_MANAGER)
    runs = [
        _through_pages(lambda: browser_of(user, port), _organisation(f"UPLOAD{number}", user), file)
        for number in range(RUNS)
    ]
    for name, seconds in zip(("check", "apply"), zip(*runs, strict=True), strict=True):
        title = f"CSV import of staff through the pages, {name}"
        report.add(of_runs(title, seconds, "s", size=f"{STAFF:,}", wanted=WANTED))


def _through_pages(make: Callable[[], Client], organisation: Organisation, file: Path) -> tuple[float, float]:
    """Seconds until the file is checked, and from there until it is applied.

    Each form has a connection of its own: the server closes one that was idle as long as a file may take.
    """
    client = make()
    started = time.perf_counter()
    with file.open("rb") as content:
        asked = {"kind": "staff", "organisation": organisation.pk, "file": content}
        client.send_form(reverse("fleet:import-add"), asked)
    checked = _wait_for(organisation, ImportStatus.CHECKED)
    seconds = time.perf_counter() - started
    client = make()
    started = time.perf_counter()
    client.send_form(reverse("fleet:import-confirm", args=[checked.pk]), {"seen": checked.digest})
    _wait_for(organisation, ImportStatus.APPLIED)
    return seconds, time.perf_counter() - started


def _wait_for(organisation: Organisation, status: ImportStatus) -> Import:
    """The organisation's file, as soon as a worker has brought it there."""
    end = time.perf_counter() + LONGEST_SECONDS
    while True:
        found = organisation.imports.defer("content").get()
        if found.status == status:
            return found
        if found.status == ImportStatus.FAILED or time.perf_counter() > end:
            raise SystemExit(f"The file is not {status.label.lower()}: {found.status} {found.error}")
        time.sleep(0.02)


def _write_staff(file: Path) -> None:
    with file.open("w", newline="", encoding="utf-8") as text:
        writer = csv.writer(text)
        writer.writerow(["staff_number", "name", "email", "job_role", "work_style", "site"])
        for number in range(STAFF):
            email = f"person.{number}@import.example"
            writer.writerow([f"I{number}", f"Person {number}", email, "Caseworker", "office", "HQ"])


def _load(file: Path, code: str, options: list[str]) -> float:
    _organisation(code)
    command = [sys.executable, "manage.py", "load_csv", "staff", str(file), "--organisation", code, *options]
    started = time.perf_counter()
    subprocess.run(command, check=True, cwd=PROJECT, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def _organisation(code: str, manager: User | None = None) -> Organisation:
    """One with a site, in which `manager` has the role of an IT manager."""
    organisation, is_new = Organisation.objects.get_or_create(code=code, defaults={"name": code})
    if is_new:
        organisation.sites.create(code="HQ", name="Headquarters")
    if manager:
        organisation.grants.create(user=manager, role=Role.objects.get(key="it-manager"))
    return organisation
