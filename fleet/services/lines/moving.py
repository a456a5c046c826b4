"""What becomes of a line: another SIM, another holder, its end. A number used again is another row."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone

from fleet import phone_numbers
from fleet.errors import Conflict, Invalid
from fleet.models import Line, Sim, StaffMember

ENDED = "This line has ended. Look for the row of the number that is open."
MOVED = "Somebody changed the same line a moment ago. Load it again and repeat your change."


@transaction.atomic
def put_on_sim(*, line: Line, iccid: str, on: dt.date | None = None) -> Sim:
    """Put an open line on a SIM, which is added where nobody knew it; the number stays.

    Raises Invalid for what is no ICCID, a day to come, or a SIM that carries another line; Conflict where the
    line has ended.
    """
    number = phone_numbers.iccid(iccid)
    if not number:
        raise Invalid("Enter the 18 to 22 digits printed on the SIM: they begin with 89.", field="iccid")
    at = _moment(on, field="on")
    sim, _ = Sim.objects.get_or_create(
        organisation=line.organisation, iccid=number, defaults={"carrier": line.carrier}
    )
    if other := Line.objects.filter(sim=sim).exclude(pk=line.pk).first():
        raise Invalid(f"That SIM carries {other}. Put that line on another SIM or end it.", field="iccid")
    if not Line.objects.open().filter(pk=line.pk).update(sim=sim, paired_at=at):
        raise Conflict(ENDED)
    return sim


@transaction.atomic
def end(*, line: Line, on: dt.date) -> None:
    """The carrier bills the line up to that day. Raises Invalid, and Conflict where it has ended."""
    _refuse_day(on, line, field="on")
    ended = {"ends_on": on, "sim": None, "paired_at": _moment(on, field="on")}
    if not Line.objects.open().filter(pk=line.pk).update(**ended):
        raise Conflict(ENDED)


@transaction.atomic
def hand_over(*, line: Line, holder: StaffMember | None, on: dt.date) -> Line:
    """Give the number to somebody else, or back to the pool, from that day: the new row of the number.

    What it was used for before stays with the holder before. Raises Invalid and Conflict.
    """
    if on <= line.starts_on:
        first = f"{line.starts_on.day} {line.starts_on:%b %Y}"
        raise Invalid(f"This row begins on {first}. To correct its holder, choose Change.", field="on")
    if holder is not None and holder.organisation_id != line.organisation_id:
        raise Invalid("Choose somebody of the same organisation.", field="holder")
    if holder is not None and holder.pk == line.holder_id:
        raise Invalid(f"{holder} has the line already.", field="holder")
    at, sim = _moment(on, field="on"), line.sim
    end(line=line, on=on - dt.timedelta(days=1))
    try:
        with transaction.atomic():
            return Line.objects.create(
                organisation=line.organisation,
                msisdn=line.msisdn,
                carrier=line.carrier,
                tariff=line.tariff,
                contract=line.contract,
                holder=holder,
                origin=line.origin,
                starts_on=on,
                sim=sim,
                paired_at=at if sim else None,
            )
    except IntegrityError as error:
        raise Conflict(MOVED) from error


def _refuse_day(on: dt.date, line: Line, *, field: str) -> None:
    if on < line.starts_on:
        raise Invalid("The line cannot end before it began.", field=field)
    _moment(on, field=field)


def _moment(on: dt.date | None, *, field: str) -> dt.datetime:
    """Now for today, the first moment of a day before. Raises Invalid for a day to come."""
    today = timezone.localdate()
    if on is None or on == today:
        return timezone.now()
    if on > today:
        raise Invalid("The day must not be in the future.", field=field)
    return timezone.make_aware(dt.datetime.combine(on, dt.time()))
