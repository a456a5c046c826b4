"""Devices from stock for the people of a tranche, by entitlement and site."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import QuerySet

from fleet.models import Organisation, User
from fleet.services.reservations import Keeper
from rollouts.models import Tranche, TranchePerson
from rollouts.services.staleness import organisation_changed
from rollouts.services.transitions import note, require
from rollouts.sql import run
from rollouts.stock import FREE_STOCK, NEEDS, WAITING
from rollouts.vocabulary import PersonState


@dataclass(frozen=True, slots=True)
class StockNeed:
    """One model that people of a tranche still wait for, and how many of it nobody was allocated yet."""

    model_id: int
    model: str
    wanted: int
    in_stock: int

    @property
    def short(self) -> int:
        return max(self.wanted - self.in_stock, 0)


@dataclass(frozen=True, slots=True)
class AllocationResult:
    """How many people got a device, and the models of which there were too few."""

    allocated: int
    shortfall: list[StockNeed]


# The nth who waits gets the nth that is free: of one model at one site first, then of one model anywhere.
_PAIR = f"""
    WITH stock AS (
        SELECT free.id, free.model_id, {{place}} AS place,
            row_number() OVER (
                PARTITION BY free.model_id, {{place}} ORDER BY NOT free.is_central, free.site_id, free.id
            ) AS position
        FROM ({FREE_STOCK}) AS free
    ), people AS (
        SELECT waiting.id, waiting.model_id, {{place}} AS place,
            row_number() OVER (
                PARTITION BY waiting.model_id, {{place}} ORDER BY waiting.planned_on, waiting.name, waiting.id
            ) AS position
        FROM ({WAITING}) AS waiting
    )
    UPDATE rollouts_trancheperson place SET device_id = stock.id, state = 'allocated'
    FROM people JOIN stock USING (model_id, place, position)
    WHERE place.id = people.id AND place.state = 'planned'
"""  # noqa: S608 (put together from the constants above)


def parameters(tranche: Tranche) -> dict[str, int]:
    """What `FREE_STOCK` and `WAITING` ask for."""
    return {
        "tranche": tranche.pk,
        "programme": tranche.programme_id,
        "organisation": tranche.programme.organisation_id,
    }


def stock_needs(tranche: Tranche) -> list[StockNeed]:
    """Every model that people of the tranche wait for, by name."""
    with connection.cursor() as cursor:
        cursor.execute(NEEDS, parameters(tranche))
        return [StockNeed(*row) for row in cursor.fetchall()]


def shortfall(tranche: Tranche) -> list[StockNeed]:
    """The models of which too few are in stock."""
    return [need for need in stock_needs(tranche) if need.short]


def allocate_devices(*, tranche: Tranche, by: User | None) -> AllocationResult:
    """Gives everybody who waits a device of their entitlement's model while stock lasts.

    Stock at the person's own site first, then at depots and headquarters, then anywhere; those planned
    earliest first. The same stock and people always pair in the same way.
    """
    require(by, tranche, "allocate")
    with transaction.atomic():
        # Two tranches at once would reach for the same device.
        Organisation.objects.select_for_update(no_key=True).get(pk=tranche.programme.organisation_id)
        allocated = sum(run(_PAIR.format(place=place), parameters(tranche)) for place in ("site_id", "0"))
        result = AllocationResult(allocated, shortfall(tranche))
        short = sum(need.short for need in result.shortfall)
        note(tranche, "allocate", by=by, text=f"{allocated:,} devices allocated, {short:,} short.")
        organisation_changed(tranche.programme.organisation_id)
    return result


def kept_by_tranches() -> QuerySet[TranchePerson]:
    """Who is allocated a device that is not yet handed over."""
    return TranchePerson.objects.filter(state=PersonState.ALLOCATED).select_related("tranche")


BY_TRANCHES = Keeper(rows=kept_by_tranches, name=lambda place: str(place.tranche))
