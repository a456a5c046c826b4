"""From findings to the stored word on each person and site; rows that say the same are not touched."""

from __future__ import annotations

from django.db.backends.utils import CursorWrapper

from rollouts.sql import Parameters

_WAIVE = """
    UPDATE readiness_findings finding SET is_waived = true
    FROM rollouts_waiver waiver
    WHERE waiver.tranche_id = %(tranche)s AND waiver.check_key = finding.check_key
        AND waiver.ended_at IS NULL AND waiver.expires_on >= %(today)s
        AND (waiver.person_id IS NULL OR waiver.person_id = finding.person_id)
        AND (waiver.site_id IS NULL OR waiver.site_id = finding.site_id)
"""
# What a site check finds counts for everybody at the site; what a tranche check finds, for the tranche alone.
_PEOPLE = """
    CREATE TEMPORARY TABLE readiness_people AS
    WITH findings AS (
        SELECT * FROM readiness_findings WHERE scope = 'person'
        UNION ALL
        SELECT found.position, found.check_key, found.severity, found.scope, base.person_id, found.site_id,
            found.verdict, found.reason, found.until, found.is_waived
        FROM readiness_findings found JOIN readiness_base base ON base.site_id = found.site_id
        WHERE found.scope = 'site'
    ), words AS (
        SELECT person_id,
            array_agg(check_key ORDER BY position)
                FILTER (WHERE NOT is_waived AND severity = 'blocking' AND verdict = 'failed') AS blocking,
            array_agg(check_key ORDER BY position)
                FILTER (WHERE NOT is_waived AND severity = 'blocking' AND verdict = 'unknown') AS unknowns,
            array_agg(check_key ORDER BY position)
                FILTER (WHERE NOT is_waived AND severity = 'advisory') AS advisory,
            array_agg(check_key ORDER BY position) FILTER (WHERE is_waived) AS waived,
            jsonb_agg(
                jsonb_build_object(
                    'check', check_key, 'verdict', verdict, 'reason', reason, 'until', until,
                    'waived', is_waived
                ) ORDER BY position
            ) AS findings
        FROM findings GROUP BY person_id
    )
    SELECT base.person_id,
        CASE WHEN words.blocking IS NOT NULL THEN 'blocked' WHEN words.unknowns IS NOT NULL THEN 'unknown'
            WHEN words.advisory IS NOT NULL THEN 'at_risk' ELSE 'ready' END AS state,
        coalesce(words.blocking, '{}') AS blocking, coalesce(words.unknowns, '{}') AS unknowns,
        coalesce(words.advisory, '{}') AS advisory, coalesce(words.waived, '{}') AS waived,
        coalesce(words.findings, '[]') AS findings
    FROM readiness_base base LEFT JOIN words USING (person_id)
"""
_FORGET_PEOPLE = """
    DELETE FROM rollouts_personreadiness readiness USING rollouts_trancheperson place
    WHERE place.id = readiness.person_id AND place.tranche_id = %(tranche)s
        AND place.state NOT IN ('planned', 'allocated')
"""
# Rows that say the same are left out before ON CONFLICT, which would lock, and so write, each of them.
_STORE_PEOPLE = """
    INSERT INTO rollouts_personreadiness (person_id, state, blocking, unknowns, advisory, waived, findings)
    SELECT people.person_id, people.state, people.blocking, people.unknowns, people.advisory, people.waived,
        people.findings
    FROM readiness_people people LEFT JOIN rollouts_personreadiness old USING (person_id)
    WHERE (old.state, old.blocking, old.unknowns, old.advisory, old.findings) IS DISTINCT FROM
        (people.state, people.blocking, people.unknowns, people.advisory, people.findings)
    ORDER BY people.person_id
    ON CONFLICT (person_id) DO UPDATE SET state = excluded.state, blocking = excluded.blocking,
        unknowns = excluded.unknowns, advisory = excluded.advisory, waived = excluded.waived,
        findings = excluded.findings
"""
_FORGET_SCOPES = """
    DELETE FROM rollouts_scopefinding old
    WHERE old.tranche_id = %(tranche)s AND NOT EXISTS (
        SELECT FROM readiness_findings finding
        WHERE finding.scope <> 'person' AND finding.check_key = old.check_key
            AND finding.site_id IS NOT DISTINCT FROM old.site_id
    )
"""
_STORE_SCOPES = """
    INSERT INTO rollouts_scopefinding AS old
        (tranche_id, check_key, site_id, verdict, reason, until, is_waived)
    SELECT %(tranche)s, check_key, site_id, verdict, left(reason, 500), until, is_waived
    FROM readiness_findings WHERE scope <> 'person'
    ON CONFLICT (tranche_id, check_key, site_id) DO UPDATE SET verdict = excluded.verdict,
        reason = excluded.reason, until = excluded.until, is_waived = excluded.is_waived
    WHERE (old.verdict, old.reason, old.until, old.is_waived)
        IS DISTINCT FROM (excluded.verdict, excluded.reason, excluded.until, excluded.is_waived)
"""


def store_verdicts(cursor: CursorWrapper, parameters: Parameters) -> None:
    """Applies the waivers in force today, and stores the word on each person, site and the tranche."""
    for statement in (_WAIVE, _PEOPLE, _FORGET_PEOPLE, _STORE_PEOPLE, _FORGET_SCOPES, _STORE_SCOPES):
        cursor.execute(statement, parameters)
