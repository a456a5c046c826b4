"""Lines as SIMs report their numbers: a number is on the SIM that reported it last."""

from __future__ import annotations

from fleet.mdm import writing
from fleet.phone_numbers import HOME

# A number that begins with 0 was reported as people dial it at home.
_NUMBER = f"regexp_replace({{0}}, '^[+]0(?=[1-9])', '+{HOME}')"
_OF_SIM = _NUMBER.format("s.msisdn")

# Of each number that these SIMs report, the SIM on which it was reported last; of two at one time the one
# with the greater ICCID, so that it does not depend on which came first. `number` is spelt as lines are.
_FIND = f"""
    DROP TABLE IF EXISTS pg_temp.reported_lines;
    CREATE TEMP TABLE reported_lines ON COMMIT DROP AS
    SELECT DISTINCT ON (told.number) told.number, s.id AS sim_id, s.carrier,
        coalesce(s.observed_at, now()) AS at
    FROM (
        SELECT DISTINCT {_OF_SIM} AS number, spelt FROM fleet_sim s,
            LATERAL (VALUES (s.msisdn), ({_OF_SIM}), (regexp_replace({_OF_SIM}, '^[+]{HOME}', '+0'))) v(spelt)
        WHERE s.organisation_id = %(organisation)s AND s.msisdn <> '' AND {{which}}
    ) told
    JOIN fleet_sim s ON s.organisation_id = %(organisation)s AND s.msisdn = told.spelt AND s.msisdn <> ''
    ORDER BY told.number, s.observed_at DESC NULLS LAST, s.iccid DESC;
    ANALYZE reported_lines (number)
"""
_NEW = """
    INSERT INTO fleet_line
        (organisation_id, msisdn, carrier, justification, justification_note, origin, starts_on)
    SELECT %(organisation)s, t.number, t.carrier, '', '', 'mdm', t.at::date FROM reported_lines t
    ON CONFLICT (organisation_id, msisdn) WHERE ends_on IS NULL AND msisdn <> '' DO NOTHING
"""
# What somebody set by hand since then stays.
_LEAVE = """
    UPDATE fleet_line SET sim_id = NULL, paired_at = t.at
    FROM reported_lines t
    WHERE fleet_line.sim_id = t.sim_id AND fleet_line.msisdn <> t.number
        AND coalesce(fleet_line.paired_at <= t.at, true)
"""
_JOIN = """
    UPDATE fleet_line SET sim_id = t.sim_id, paired_at = t.at,
        carrier = coalesce(nullif(fleet_line.carrier, ''), t.carrier)
    FROM reported_lines t
    WHERE fleet_line.organisation_id = %(organisation)s AND fleet_line.msisdn = t.number
        AND fleet_line.ends_on IS NULL AND fleet_line.sim_id IS DISTINCT FROM t.sim_id
        AND coalesce(fleet_line.paired_at <= t.at, true)
        AND NOT EXISTS (SELECT 1 FROM fleet_line other WHERE other.sim_id = t.sim_id)
"""


def follow_reported(organisation: int, *, staged: bool = False) -> None:
    """Put each number on the SIM that reports it, as a new line where it has none. Within a transaction.

    `staged`: look at the SIMs in the table `staged_sims` alone. Four statements, whatever their number.
    """
    which = "s.iccid IN (SELECT iccid FROM staged_sims)" if staged else "true"
    given = {"organisation": organisation}
    for sql in (_FIND.format(which=which), _NEW, _LEAVE, _JOIN):
        writing.execute(sql, given)
