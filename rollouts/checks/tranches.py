"""Checks on the tranche as a whole."""

from rollouts.checks.base import TrancheCheck, label
from rollouts.stock import NEEDS
from rollouts.vocabulary import CheckOwner, TrancheState


class StockCovers(TrancheCheck):
    key = "stock_covers"
    title = "Stock covers the tranche"
    meaning = "For everybody who still waits for a device, one of the right model is in stock and free."
    owner = CheckOwner.STOCK_KEEPER

    def sql(self) -> str:
        return f"""
            SELECT NULL::bigint, NULL::bigint, 'failed', string_agg(
                need.name || ': ' || need.wanted || ' wanted, ' || need.free || ' in stock', '; '
                ORDER BY need.name
            ), NULL::date
            FROM (
                {NEEDS}
            ) AS need (model_id, name, wanted, free)
            WHERE need.free < need.wanted
            HAVING count(*) > 0
        """  # noqa: S608 (constants alone)


class PreviousReflection(TrancheCheck):
    key = "previous_reflection"
    title = "Previous tranche's reflection is recorded"
    meaning = "The tranche before this one has recorded what happened and what to do differently."
    owner = CheckOwner.IT_MANAGER

    def sql(self) -> str:
        return f"""
            SELECT NULL::bigint, NULL::bigint, 'failed',
                'Tranche ' || previous.number || ' – ' || previous.name || ' has no reflection yet; it is '
                || lower({label("previous.state", TrancheState)}),
                NULL::date
            FROM (
                SELECT earlier.* FROM rollouts_tranche earlier
                JOIN rollouts_tranche this ON this.id = %(tranche)s
                WHERE earlier.programme_id = this.programme_id AND earlier.number < this.number
                ORDER BY earlier.number DESC LIMIT 1
            ) AS previous
            WHERE NOT EXISTS (
                SELECT FROM rollouts_reflection reflection WHERE reflection.tranche_id = previous.id
            )
        """  # noqa: S608 (constants alone)
