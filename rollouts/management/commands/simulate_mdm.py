"""`manage.py simulate_mdm`: an estate that pushes to a server (docs/how-to/simulate-an-estate.md)."""

from __future__ import annotations

import http.client
import json
import os
import time
from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from fleet.mdm.simulator.estate import Estate
from fleet.mdm.simulator.following import Outcome, follow
from fleet.mdm.simulator.inventing import Record
from fleet.mdm.simulator.parcels import Parcel, pack
from fleet.mdm.simulator.scenarios import DAY, SCENARIOS, parcels_of
from fleet.mdm.simulator.senders import Answer, Sender, Target, push
from fleet.models import MdmSource, SourceToken
from fleet.models.tokens import token_digest
from rollouts.models import Tranche
from rollouts.simulation.remedies import remedies_for
from rollouts.simulation.standing import assessment_of, lines_of, recomputed

# How many devices are made up for a source that has reported none.
FEW = 1_000


class Command(BaseCommand):
    help = "Pushes inventory to a running server over HTTP, as the estate of one MDM source does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        port = os.environ.get("PORT", "8000")
        parser.add_argument("--url", default=f"http://127.0.0.1:{port}", help="the server (%(default)s)")
        parser.add_argument("--token", help=f"the source's; without it, that of {_demo_file()}")
        parser.add_argument("--scenario", choices=SCENARIOS, default=DAY, help="what happens (%(default)s)")
        parser.add_argument(
            "--devices", type=_from_to(0), default=0, help="how many push; 0: all that ever did"
        )
        parser.add_argument("--rounds", type=_from_to(1), default=1, help="how often each of them pushes")
        parser.add_argument(
            "--batch",
            type=_from_to(1, settings.MDM_MAX_RECORDS),
            default=500,
            help="devices a request (%(default)s)",
        )
        parser.add_argument("--rate", type=float, default=0, help="records a second; 0: as fast as it goes")
        parser.add_argument("--senders", type=_from_to(1), default=4, help="requests at once (%(default)s)")
        parser.add_argument("--seed", type=int, help="make the same choices again")
        parser.add_argument("--wait", type=float, default=120, help="seconds to wait for the workers")
        parser.add_argument(
            "--fix", type=int, metavar="TRANCHE", help="push that this tranche's devices are mended, no more"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        token = options["token"] or _demo_token()
        self.target, source = Target(options["url"].rstrip("/"), token), _source_of(token)
        self.options = options
        try:
            with closing(Sender(self.target)) as sender:
                sender.must_answer()
            self._live(source) if options["fix"] is None else self._fix(source, options["fix"])
        except (OSError, http.client.HTTPException) as error:
            message = f"No server answers at {self.target.url}: {error}. Start one with make run."
            raise CommandError(message) from error

    def _live(self, source: MdmSource) -> None:
        """So many rounds through the estate."""
        devices = self.options["devices"] or (0 if source.records.exists() else FEW)
        estate = Estate.of(source, devices=devices, batch=self.options["batch"], seed=self.options["seed"])
        self.stdout.write(f"{len(estate.records):,} devices of {source} push to {self.target.url}.")
        self._push(parcels_of(estate, self.options["scenario"], rounds=self.options["rounds"]))

    def _fix(self, source: MdmSource, tranche_id: int) -> None:
        tranche = _tranche_of(source, tranche_id)
        before, since = assessment_of(tranche.pk), timezone.now()
        if before is None:
            raise CommandError(f"{tranche} has not been assessed. Open it and ask for a computation.")
        records = remedies_for(tranche=tranche, source=source)
        if not records:
            self.stdout.write(f"{tranche}: nobody is held up by what an MDM reports of a device.")
            return
        self.stdout.write(f"{tranche}: devices reported as mended: {len(records):,}.")
        self._push(_packed(records, self.options["batch"]))
        if not recomputed(tranche.pk, since=since, seconds=self.options["wait"]):
            raise CommandError(
                f"Readiness was not computed within {self.options['wait']:.0f} s. Does a worker run?"
            )
        self.stdout.write("\n".join(lines_of(before, assessment_of(tranche.pk) or before)))

    def _push(self, parcels: Iterable[Parcel]) -> None:
        """Pushes, follows what becomes of it, and tells. Raises CommandError where some is not applied."""
        started = time.monotonic()
        answers = push(self.target, parcels, senders=self.options["senders"], rate=self.options["rate"])
        self.stdout.write(_told(answers, time.monotonic() - started))
        outcome = follow(self.target, answers, seconds=self.options["wait"])
        counts = " · ".join(f"{name} {number:,}" for name, number in outcome.counts.items())
        self.stdout.write(f"Applied in {time.monotonic() - started:.1f} s: {counts or 'nothing'}")
        _must_be_applied(outcome)


def _from_to(least: int, most: int | None = None) -> Callable[[str], int]:
    """The type of an option that counts something."""

    def number(text: str) -> int:
        if not text.isdecimal() or int(text) < least or (most is not None and int(text) > most):
            upwards = f"{least:,} to {most:,}" if most else f"{least:,} upwards"
            raise ArgumentTypeError(f"“{text}” is no whole number from {upwards}")
        return int(text)

    return number


def _told(answers: list[Answer], seconds: float) -> str:
    records = sum(answer.records for answer in answers)
    statuses = Counter(answer.status for answer in answers)
    answered = ", ".join(f"{number:,} × {status}" for status, number in sorted(statuses.items()))
    slowest = max((answer.seconds for answer in answers), default=0)
    return (
        f"Pushed in {seconds:.1f} s: records {records:,} · requests {len(answers):,} · answered {answered} · "
        f"slowest {slowest:.2f} s"
    )


def _must_be_applied(outcome: Outcome) -> None:
    for ids, what in ((outcome.failed, "failed"), (outcome.waiting, "still wait for a worker")):
        if ids:
            raise CommandError(f"Deliveries that {what}: {len(ids)}, such as {ids[0]}.")


def _packed(records: list[Record], batch: int) -> list[Parcel]:
    return [pack(records[start : start + batch], gzipped=True) for start in range(0, len(records), batch)]


def _demo_file() -> Path:
    return Path(settings.VAR_DIR) / "demo-mdm-source.json"


def _demo_token() -> str:
    try:
        return str(json.loads(_demo_file().read_text(encoding="utf-8"))["token"])
    except FileNotFoundError:
        message = f"There is no {_demo_file()}. Give --token, which create_mdm_source prints."
        raise CommandError(message) from None


def _source_of(token: str) -> MdmSource:
    found = SourceToken.objects.select_related("source").filter(digest=token_digest(token)).first()
    if found is None:
        raise CommandError(
            "The database has no source with this token. Run the command with the server's DATABASE_URL."
        )
    return found.source


def _tranche_of(source: MdmSource, tranche_id: int) -> Tranche:
    tranches = Tranche.objects.filter(programme__organisation=source.organisation_id)
    found = tranches.select_related("programme").filter(pk=tranche_id).first()
    if found is None:
        there = ", ".join(f"{one.pk} ({one})" for one in tranches) or "none"
        raise CommandError(f"{source.organisation} has no tranche {tranche_id}. There are: {there}.")
    return found
