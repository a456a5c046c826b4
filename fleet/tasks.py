"""What workers do for fleet. Tasks take ids and call one verb; the database is the queue of record."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from fleet.history import acting
from fleet.mdm import applying, housekeeping, ranking
from fleet.models import Organisation, Ranking
from fleet.services import bulk, digests, estate, notices, reconciliation, retention, sign_ins
from fleet.services.bulk import working as bulk_working
from fleet.services.imports import forgetting, working
from fleet.services.invitation_mail import send_invitation
from fleet.services.mail import MailNotSent
from fleet.services.schemes import switching
from fleet.services.usage import forecasting

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=settings.MDM_SWEEP_SECONDS)
# A delivery whose message was lost is younger than this at most once.
OVERDUE = EVERY * 2 / 3
# A sweep ends before the next one starts.
SWEEP = EVERY * 4 / 5


@shared_task(name="fleet.apply_delivery")
def apply_delivery(delivery_id: str) -> None:
    applying.apply_delivery(uuid.UUID(delivery_id))


@shared_task(name="fleet.sweep_deliveries", expires=settings.MDM_SWEEP_SECONDS)
def sweep_deliveries() -> None:
    applying.drain(older_than=OVERDUE, at_most=SWEEP)
    for organisation_id in Ranking.objects.under_way().values_list("pk", flat=True):
        wake_ranking(organisation_id)


@shared_task(name="fleet.follow_ranks")
def follow_ranks(organisation_id: str) -> None:
    ranking.follow(int(organisation_id))


def mail_task(name: str) -> Callable[[Callable[..., None]], Any]:
    """A task that sends one mail, and tries again over half an hour while the mail server is in trouble."""
    more: dict[str, Any] = {"retry_backoff": 30, "retry_backoff_max": 600, "max_retries": 6}
    decorate: Callable[[Callable[..., None]], Any] = shared_task(
        name=name, autoretry_for=(MailNotSent,), **more
    )
    return decorate


def post_mail(task: Any, *args: Any) -> None:
    """Have a worker run a `mail_task` with these ids, once what is being changed is committed."""
    transaction.on_commit(lambda: _send(task, args))


def _send(task: Any, args: tuple[Any, ...]) -> None:
    try:
        task.apply_async(args=args, retry=False)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("The broker cannot be reached; %s is not sent: %s", task.name, error)


@mail_task("fleet.mail_invitation")
def mail_invitation(invitation_id: int) -> None:
    with acting(channel="worker"):
        send_invitation(invitation_id)


@shared_task(name="fleet.keep_house")
def keep_house() -> None:
    housekeeping.keep_house()
    bulk.forget_waiting(older_than=timedelta(days=1))
    sign_ins.keep_house()
    forgetting.forget_old()
    retention.prune_histories()


@mail_task("fleet.send_reset_link")
def send_reset_link(user_id: int) -> None:
    notices.send_reset_link(user_id)


@mail_task("fleet.send_notice")
def send_notice(notice: str, user_id: int) -> None:
    notices.send(notice, user_id)


@shared_task(name="fleet.send_digests", expires=600)
def send_digests() -> None:
    """What is left of the digests, and that of today; where the mail server is in trouble, the next time."""
    try:
        digests.send_what_is_due(timezone.localdate())
    except MailNotSent as trouble:
        log.warning("The digests wait for the mail server: %s", trouble)


@shared_task(name="fleet.switch_schemes")
def switch_schemes() -> None:
    """Switches classification schemes whose day has come; the day's readiness has judged by it already."""
    switching.switch_what_is_due(timezone.localdate())


@shared_task(name="fleet.reconcile")
def reconcile(organisation_id: int | None = None) -> None:
    """Holds the records against each other: of one organisation when somebody asks, of all once a day."""
    if organisation_id is None:
        reconciliation.reconcile_all()
    elif organisation := Organisation.objects.filter(pk=organisation_id).first():
        reconciliation.reconcile(organisation=organisation)


@shared_task(name="fleet.measure_estate")
def measure_estate(organisation_id: int | None = None) -> None:
    """Counts the devices in use: of one organisation when somebody asks, of all once a day."""
    if organisation_id is None:
        estate.measure_all()
    elif organisation := Organisation.objects.filter(pk=organisation_id).first():
        estate.measure(organisation=organisation)


@shared_task(name="fleet.forecast_usage")
def forecast_usage() -> None:
    """What each line's billing month will come to, once a day."""
    forecasting.make_forecasts(timezone.localdate())


@shared_task(name="fleet.work_on_import")
def work_on_import(import_id: str) -> None:
    working.work(uuid.UUID(import_id))


@shared_task(name="fleet.sweep_imports", expires=settings.MDM_SWEEP_SECONDS)
def sweep_imports() -> None:
    """Hand out again what a lost broker or a killed worker left; whoever comes second finds it taken."""
    for import_id in working.waiting():
        wake_importer(import_id)


@shared_task(name="fleet.work_on_bulk_change")
def work_on_bulk_change(change_id: str) -> None:
    bulk_working.work(int(change_id))


@shared_task(name="fleet.sweep_bulk_changes", expires=settings.MDM_SWEEP_SECONDS)
def sweep_bulk_changes() -> None:
    """Hand out again what a lost broker or a killed worker left; whoever comes second finds it taken."""
    for change_id in bulk_working.waiting():
        wake_bulk(change_id)


def reconcile_soon(organisation_id: int) -> None:
    """Compare now. Where the broker is down it waits for the night."""
    try:
        reconcile.apply_async(args=(organisation_id,), retry=False)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("The broker cannot be reached; the records are compared tonight: %s", error)


def measure_soon(organisation_id: int) -> None:
    """Count now. Where the broker is down it waits for the night."""
    try:
        measure_estate.apply_async(args=(organisation_id,), retry=False)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("The broker cannot be reached; the devices are counted tonight: %s", error)


def wake_importer(import_id: uuid.UUID) -> None:
    """Tell a worker of a file. Where the broker is down nothing is lost: the sweep finds the row."""
    _wake(work_on_import, import_id)


def wake_bulk(change_id: int) -> None:
    """Tell a worker of a large bulk change. Where the broker is down the sweep finds the row."""
    _wake(work_on_bulk_change, change_id)


def wake_worker(delivery_id: uuid.UUID) -> None:
    """Tell a worker of a delivery. Where the broker is down nothing is lost: the sweep finds the row."""
    _wake(apply_delivery, delivery_id)


def wake_ranking(organisation_id: int) -> None:
    """Tell a worker that an organisation says anew who wins; the sweep finds it where the broker is down."""
    _wake(follow_ranks, organisation_id)


def _wake(task: Any, row_id: uuid.UUID | int) -> None:
    try:
        task.apply_async(args=(str(row_id),), retry=False)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("The broker cannot be reached; %s %s waits for the sweep: %s", task.name, row_id, error)
