"""The whole demo, in one transaction."""

from __future__ import annotations

import datetime as dt
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from fleet.errors import Conflict
from fleet.history import acting
from fleet.models import CustodyEvent, MdmSource, Organisation, SourceRecord, SourceToken
from fleet.services.reconciliation import reconcile_all
from fleet.services.usage.forecasting import make_forecasts
from fleet.vocabulary import OrganisationKind
from rollouts.demo import feedback
from rollouts.demo.accounts import (
    ACCOUNTS_FILE,
    SOURCE_FILE,
    Account,
    as_document,
    invent_accounts,
    set_passwords,
    store_accounts,
    write_private,
)
from rollouts.demo.copying import analyse
from rollouts.demo.council import load_shire
from rollouts.demo.feedback import give_feedback
from rollouts.demo.history import tell_history
from rollouts.demo.ledger import push_latest
from rollouts.demo.machines import Machine
from rollouts.demo.progress import Progress
from rollouts.demo.revenue import load_revenue
from rollouts.demo.sizes import Size
from rollouts.demo.stage import Stage
from rollouts.demo.surveys import ask_people
from rollouts.models import DemoClock

DOMAINS = {"REVENUE": "revenue.example", "SHIRE": "shire.example"}
BRAND_COLOURS = {"REVENUE": "#00703c", "SHIRE": "#4c2c92"}


def load_demo(*, size: Size, folder: Path, progress: Progress) -> None:
    """Both organisations, and the files with passwords and the source's token in `folder`.

    Raises Conflict, and stores nothing, where an organisation of the demo exists.
    """
    _check_absent()
    now = timezone.localtime()
    with ThreadPoolExecutor(os.cpu_count()) as threads, transaction.atomic():
        accounts = invent_accounts(DOMAINS, threads)
        with acting(channel="import"):
            _prepare_bulk()
            stage, machines, token = _load(size, accounts, now, progress)
        push_latest(stage, machines)  # each delivery names itself in the change log
        set_passwords(accounts)
    write_private(folder / ACCOUNTS_FILE, as_document(accounts))
    write_private(folder / SOURCE_FILE, token)
    analyse(SourceRecord, CustodyEvent)
    reconcile_all()
    for organisation in Organisation.objects.filter(code__in=DOMAINS):
        tell_history(organisation)


def _prepare_bulk() -> None:
    """The change log's triggers join old and new rows; nested loops over thousands take minutes.

    This also carries the context of the change log into the transaction, for COPY.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")


def _check_absent() -> None:
    found = sorted(Organisation.objects.filter(code__in=DOMAINS).values_list("code", flat=True))
    if found:
        exist = "exist" if len(found) > 1 else "exists"
        raise Conflict(
            f"{' and '.join(found)} {exist} already, so nothing was loaded. "
            "Use refresh_demo to bring an earlier demo up to today, or load into an empty database."
        )


def _load(
    size: Size, accounts: list[Account], now: dt.datetime, progress: Progress
) -> tuple[Stage, list[Machine], dict[str, str]]:
    """The department's stage and machines, and what the file on its MDM source holds."""
    council = _organisation("SHIRE", "Shire Council", OrganisationKind.COUNCIL)
    department = _organisation("REVENUE", "Revenue and Duties", OrganisationKind.DEPARTMENT)
    small = _stage(council, accounts, now, progress)
    load_shire(small)
    give_feedback(small, feedback.SHIRE)
    ask_people(small)
    stage = _stage(department, accounts, now, progress)
    machines = load_revenue(stage, size)
    give_feedback(stage, feedback.REVENUE)
    ask_people(stage)
    make_forecasts(now.date())
    _, secret = SourceToken.issue(source=stage.source, created_by=stage.users["mdm-administrator"])
    return stage, machines, {"slug": stage.source.slug, "token": secret, "organisation": department.code}


def _organisation(code: str, name: str, kind: OrganisationKind) -> Organisation:
    return Organisation.objects.create(code=code, name=name, kind=kind, brand_colour=BRAND_COLOURS[code])


def _stage(
    organisation: Organisation, accounts: list[Account], now: dt.datetime, progress: Progress
) -> Stage:
    """The organisation's accounts and MDM source, stored."""
    DemoClock.objects.create(organisation=organisation, shown_on=now.date())
    name = organisation.code.title()
    source = MdmSource.objects.create(
        organisation=organisation, slug=f"{name.lower()}-mdm", name=f"{name} MDM"
    )
    return Stage(organisation, source, store_accounts(organisation, accounts), now, progress)
