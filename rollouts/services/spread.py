"""On which day each person of a tranche is planned to get their device."""

from __future__ import annotations

from rollouts.models import Tranche
from rollouts.sql import run

# Even shares over Monday to Friday of the window, site by site, so that a site is visited on few days.
# A window without a working day uses all its days.
_SPREAD = """
    WITH days AS (
        SELECT day::date AS day, extract(isodow FROM day) < 6 AS is_working
        FROM generate_series(%(first)s::date, %(last)s::date, interval '1 day') AS day
    ), window_days AS (
        SELECT day, row_number() OVER (ORDER BY day) - 1 AS position, count(*) OVER () AS total
        FROM days WHERE is_working OR NOT (SELECT bool_or(is_working) FROM days)
    ), people AS (
        SELECT place.id,
            row_number() OVER (ORDER BY site.name NULLS LAST, site.id, staff.name, staff.id) - 1 AS position,
            count(*) OVER () AS total
        FROM rollouts_trancheperson place
        JOIN fleet_staffmember staff ON staff.id = place.staff_member_id
        LEFT JOIN fleet_site site ON site.id = staff.site_id
        WHERE place.tranche_id = %(tranche)s AND place.state IN ('planned', 'allocated')
    )
    UPDATE rollouts_trancheperson place SET planned_on = window_days.day
    FROM people JOIN window_days ON window_days.position = people.position * window_days.total / people.total
    WHERE place.id = people.id AND place.planned_on IS DISTINCT FROM window_days.day
"""


def spread_handovers(tranche: Tranche) -> int:
    """Plans everybody who is outstanding within the handover window; returns how many days changed."""
    window = {"first": tranche.handover_starts_on, "last": tranche.handover_ends_on}
    return run(_SPREAD, {**window, "tranche": tranche.pk})
