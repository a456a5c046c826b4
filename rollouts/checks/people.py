"""Checks on the person: there on the day, and in one tranche alone."""

from rollouts.checks.base import PersonCheck, day
from rollouts.vocabulary import ACTIVE_STATES, IN_STATES, CheckOwner

_ACTIVE = ", ".join(f"'{state}'" for state in ACTIVE_STATES)
_IN = ", ".join(f"'{state}'" for state in IN_STATES)


class PersonActive(PersonCheck):
    key = "person_active"
    title = "Person is in post on the day"
    meaning = "The person has started by the day of the handover and does not leave before it."
    owner = CheckOwner.IT_MANAGER
    failed = "base.starts_on > base.day OR base.leaves_on < base.day"
    because = f"""
        CASE WHEN base.starts_on > base.day THEN 'Starts on ' || {day("base.starts_on")}
            ELSE 'Leaves on ' || {day("base.leaves_on")} END
        || ', and the handover is on ' || {day("base.day")}
    """
    until = "CASE WHEN base.starts_on > base.day THEN base.starts_on END"


class OneActiveTranche(PersonCheck):
    key = "one_active_tranche"
    title = "In no other active tranche"
    meaning = "No other tranche that is planned, at its gate, deploying or held has a place for this person."
    owner = CheckOwner.IT_MANAGER

    def sql(self) -> str:
        return f"""
            SELECT base.person_id, base.site_id, 'failed',
                'Also in ' || string_agg('Tranche ' || tranche.number || ' – ' || tranche.name, ', '),
                NULL::date
            FROM readiness_base base
            JOIN rollouts_trancheperson place ON place.staff_member_id = base.staff_id
                AND place.tranche_id <> %(tranche)s AND place.state IN ({_IN})
            JOIN rollouts_tranche tranche ON tranche.id = place.tranche_id AND tranche.state IN ({_ACTIVE})
            GROUP BY base.person_id, base.site_id
        """  # noqa: S608 (constants alone)
