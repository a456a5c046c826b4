"""How readiness looks ahead through a switch of classification schemes, %(switch)s, or through none.

From the switch's day on a person handles what their classification becomes, and an approval counts for what
its classification becomes, as far as the mapping carries it over. `fleet.services.schemes.switching` writes
the same into the rows on that day.
"""

# Each classification of the old scheme with what it becomes, and from when on.
SWITCHED = """(
    SELECT mapping.classification_id, mapping.becomes_id, switch.switches_on
    FROM fleet_schemeswitch switch
    JOIN fleet_classification old ON old.scheme_id = switch.from_scheme_id
    JOIN fleet_classificationmapping mapping
        ON mapping.classification_id = old.id AND mapping.to_scheme_id = switch.to_scheme_id
    WHERE switch.id = %(switch)s
)"""
# The terms of one approval for one classification: as it stands, until the day before its scheme is switched,
# and from then on for what the classification becomes.
TERMS = """
    SELECT classification.scheme_id, classification.rank, approval.valid_from,
        least(coalesce(approval.valid_until, 'infinity'), switch.switches_on - 1) AS valid_until,
        false AS needs_renewal
    FROM (VALUES (1)) AS once (row)
    LEFT JOIN fleet_schemeswitch switch
        ON switch.id = %(switch)s AND switch.from_scheme_id = classification.scheme_id
    UNION ALL
    SELECT becomes.scheme_id, becomes.rank, greatest(approval.valid_from, switch.switches_on),
        coalesce(approval.valid_until, 'infinity'), mapping.approvals = 'renew'
    FROM fleet_schemeswitch switch
    JOIN fleet_classificationmapping mapping
        ON mapping.classification_id = classification.id AND mapping.to_scheme_id = switch.to_scheme_id
    JOIN fleet_classification becomes ON becomes.id = mapping.becomes_id
    WHERE switch.id = %(switch)s AND switch.from_scheme_id = classification.scheme_id
        AND mapping.approvals <> 'end'
"""
