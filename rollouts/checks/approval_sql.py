"""The SQL of the approval check: of the approvals that might cover a person's device, the nearest."""

# ruff: noqa: S608 (constants alone)

from rollouts.checks.base import day
from rollouts.checks.switch_sql import TERMS

# An approval with its conditions folded into one row, or two where a switch of schemes is to come.
_APPROVALS = f"""
    SELECT approval.id, approval.platform, approval.minimum_key, approval.minimum_version,
        term.valid_from, term.valid_until, term.scheme_id, term.rank,
        coalesce(bool_or(condition.control = 'encrypted'), false) AS wants_encrypted,
        coalesce(bool_or(condition.control = 'passcode'), false) AS wants_passcode,
        coalesce(bool_or(condition.control = 'supervised'), false) AS wants_supervised,
        array_agg(condition.name) FILTER (WHERE condition.control = 'software') AS controls,
        term.needs_renewal OR coalesce(
            bool_or(condition.control = 'statement' AND condition.signed_on IS NULL), false
        ) AS is_unsigned,
        min(condition.signed_until) FILTER (WHERE condition.control = 'statement') AS signed_until
    FROM fleet_approval approval
    JOIN fleet_classification classification ON classification.id = approval.classification_id
    CROSS JOIN LATERAL ({TERMS}) AS term
    LEFT JOIN fleet_condition condition ON condition.approval_id = approval.id
    WHERE approval.organisation_id = %(organisation)s AND approval.withdrawn_at IS NULL
    GROUP BY approval.id, term.valid_from, term.valid_until, term.scheme_id, term.rank, term.needs_renewal
"""
# Device facts count where there are any; without a device only platform, date and statements are looked at.
_CANDIDATES = f"""
    SELECT base.person_id, approval.id, array_remove(ARRAY[
            CASE WHEN approval.is_unsigned THEN 'a statement it asks for is not signed'
                WHEN approval.signed_until < base.day
                    THEN 'a statement it asks for runs out on ' || {day("approval.signed_until")} END,
            CASE WHEN base.has_facts AND base.os_key <> '{{}}' AND base.os_key < approval.minimum_key
                THEN base.platform_name || ' ' || base.os_version || ' is below '
                    || approval.minimum_version END,
            CASE WHEN base.has_facts AND approval.wants_encrypted AND NOT base.encrypted
                THEN 'not encrypted' END,
            CASE WHEN base.has_facts AND approval.wants_passcode AND NOT base.passcode THEN 'no passcode' END,
            CASE WHEN base.has_facts AND approval.wants_supervised AND NOT base.supervised
                THEN 'not supervised' END,
            CASE WHEN base.has_facts AND approval.controls IS NOT NULL AND device.software <> '[]' THEN (
                SELECT string_agg(control || ' is not installed', ', ')
                FROM unnest(approval.controls) AS control
                WHERE NOT device.software @> jsonb_build_array(jsonb_build_object('name', control))
                AND NOT EXISTS (
                    SELECT FROM jsonb_array_elements(device.software) AS installed
                    WHERE lower(installed ->> 'name') = lower(control)
                )
            ) END
        ], NULL) AS failures, array_remove(ARRAY[
            CASE WHEN base.device_id IS NOT NULL AND NOT base.has_facts THEN base.no_facts_because END,
            CASE WHEN base.has_facts AND base.os_key = '{{}}' AND approval.minimum_key <> '{{}}'
                THEN 'the OS version is not known' END,
            CASE WHEN base.has_facts AND approval.wants_encrypted AND base.encrypted IS NULL
                THEN 'encryption is not known' END,
            CASE WHEN base.has_facts AND approval.wants_passcode AND base.passcode IS NULL
                THEN 'the passcode is not known' END,
            CASE WHEN base.has_facts AND approval.wants_supervised AND base.supervised IS NULL
                THEN 'supervision is not known' END,
            CASE WHEN base.has_facts AND approval.controls IS NOT NULL AND device.software = '[]'
                THEN 'installed software is not known' END
        ], NULL) AS unknowns
    FROM readiness_base base
    JOIN approvals approval ON approval.platform = base.platform AND approval.scheme_id = base.scheme_id
        AND approval.rank >= base.rank AND base.day BETWEEN approval.valid_from AND approval.valid_until
    LEFT JOIN fleet_device device ON device.id = base.device_id
"""
_NEAREST = """
    SELECT DISTINCT ON (person_id) person_id, failures, unknowns FROM candidates
    ORDER BY person_id, cardinality(failures), cardinality(unknowns), id
"""
APPROVAL_FINDINGS = f"""
    WITH approvals AS ({_APPROVALS}), candidates AS MATERIALIZED ({_CANDIDATES}), nearest AS ({_NEAREST})
    SELECT base.person_id, base.site_id,
        CASE WHEN base.scheme_id IS NULL OR base.platform IS NULL THEN 'unknown'
            WHEN nearest.person_id IS NULL OR nearest.failures <> '{{}}' THEN 'failed' ELSE 'unknown' END,
        CASE WHEN base.scheme_id IS NULL THEN 'It is not known what classification the person handles'
            WHEN base.platform IS NULL THEN 'It is not known which device the person gets'
            WHEN nearest.person_id IS NULL THEN base.platform_name || ' is not approved for '
                || base.classification || ' on ' || {day("base.day")}
            ELSE 'Not approved for ' || base.classification || ': '
                || array_to_string(nearest.failures || nearest.unknowns, '; ') END,
        NULL::date
    FROM readiness_base base LEFT JOIN nearest USING (person_id)
    WHERE base.scheme_id IS NULL OR base.platform IS NULL OR nearest.person_id IS NULL
        OR nearest.failures <> '{{}}' OR nearest.unknowns <> '{{}}'
"""
