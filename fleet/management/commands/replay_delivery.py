"""`manage.py replay_delivery ID [--dry-run]`, `manage.py replay_delivery --source SLUG --last N --dry-run`"""

from __future__ import annotations

import uuid
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fleet.errors import FleetError
from fleet.mdm import applying, ledger
from fleet.mdm.replaying import replay_delivery
from fleet.mdm.trying import Line, Trial, try_delivery
from fleet.models import Delivery, Device, MdmSource
from fleet.vocabulary import DeliveryStatus

# What a terminal keeps should name nobody.
PERSONAL = frozenset({"user_name", "user_upn", "user_email"})


class Command(BaseCommand):
    help = (
        "Run a delivery again with today's adapter, now and in this process. It keeps its times, so nothing "
        "newer is overwritten. With --dry-run nothing is written, and what would differ is printed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", nargs="?", help="the delivery's id, as its page and the API name it")
        parser.add_argument("--dry-run", action="store_true", help="write nothing; print what would differ")
        parser.add_argument("--source", help="slug of a source: try its latest deliveries (with --dry-run)")
        parser.add_argument("--last", type=int, default=20, help="how many of them (default 20)")

    def handle(self, *_: Any, **options: Any) -> None:
        if bool(options["id"]) == bool(options["source"]):
            raise CommandError("Give the id of a delivery, or --source SLUG with --dry-run.")
        if options["source"]:
            if not options["dry_run"]:
                raise CommandError("Many deliveries are only tried: add --dry-run. Replay them one by one.")
            self._try_many(options["source"], options["last"])
        elif options["dry_run"]:
            self._try(_delivery(options["id"]))
        else:
            self._replay(_delivery(options["id"]))

    def _replay(self, delivery: Delivery) -> None:
        try:
            replay_delivery(delivery=delivery, by=None)
        except FleetError as error:
            raise CommandError(str(error)) from error
        applying.apply_delivery(delivery.pk, channel="command")
        delivery.refresh_from_db()
        if delivery.status != DeliveryStatus.APPLIED:
            why = f": {delivery.error}" if delivery.error else ". A worker has it."
            raise CommandError(f"It is not applied yet{why}")
        self.stdout.write(f"{delivery.pk} applied: {_counted(ledger.counts_of(delivery.outcomes))}")

    def _try_many(self, slug: str, last: int) -> None:
        """Each by itself, over the fleet as it is."""
        source = MdmSource.objects.filter(slug=slug).first()
        if source is None:
            raise CommandError(f"No source has the slug {slug}.")
        stored = source.deliveries.exclude(body=b"").select_related("source").order_by("-received_at")
        total, tried = Counter[str](), 0
        for delivery in stored[:last]:
            trial = self._try(delivery)
            tried += trial is not None
            total.update(change.label for line in trial.lines for change in line.changes) if trial else None
        told = ", ".join(f"{label} {count}" for label, count in total.most_common()) or "none"
        self.stdout.write(f"{tried} deliveries tried. Facts that would change: {told}")

    def _try(self, delivery: Delivery) -> Trial | None:
        self.stdout.write(f"{delivery.pk} of {delivery.received_at:%Y-%m-%d %H:%M} ({delivery.status})")
        try:
            trial = try_delivery(delivery)
        except FleetError as error:
            self.stdout.write(f"  {error}")
            return None
        self.stdout.write(f"  then: {_counted(trial.counts_then)}")
        self.stdout.write(f"  now:  {_counted(trial.counts_now)}")
        for words, names in _left(trial):
            if names:
                self.stdout.write(f"  {words}: {', '.join(names)}")
        devices = Device.objects.in_bulk([line.device for line in trial.news if line.device])
        for line in trial.news:
            self.stdout.write(f"  record {line.position + 1}, {_about(line, devices)}")
            for told in _told(line):
                self.stdout.write(f"    {told}")
        return trial


def _delivery(given: str) -> Delivery:
    try:
        return Delivery.objects.select_related("source").get(pk=uuid.UUID(given))
    except (ValueError, Delivery.DoesNotExist) as error:
        raise CommandError(f"No delivery has the id {given}.") from error


def _left(trial: Trial) -> Iterator[tuple[str, list[str]]]:
    yield "fields no longer kept", trial.dropped_anew
    yield "fields kept now", trial.kept_anew
    yield "events no longer read", trial.ignored_anew
    yield "events read now", trial.read_anew


def _about(line: Line, devices: dict[int, Device]) -> str:
    device = str(devices[line.device]) if line.device in devices else "a new device"
    was = f"{line.then.label} then, " if line.then else ""
    return f"{device}: {was}{line.now.label} now" if line.now.label != "rejected" else f"{was}rejected now"


def _told(line: Line) -> Iterator[str]:
    for change in line.changes:
        if change.field in PERSONAL:
            yield f"{change.label} changes"
        else:
            yield f"{change.label}: {change.before or 'not known'} → {change.after or 'not known'}"
    for error in line.errors:
        yield f"{error['field'] or 'the record'}: {error['message']}"


def _counted(counts: Any) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "nothing"
