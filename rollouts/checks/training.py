"""The check on what the programme asks people to have done: trained, briefed, the policy accepted."""

from rollouts.checks.base import PersonCheck, day
from rollouts.vocabulary import CheckOwner

# A row for each person and course that the programme asks for and the person will not have on the day.
_LACKING = """
    SELECT base.person_id, base.site_id, course.kind, course.name, record.ran_out_on, record.booked_on
    FROM readiness_base base
    CROSS JOIN asked
    JOIN fleet_course course ON course.id = asked.course_id
    CROSS JOIN LATERAL (
        SELECT max(valid_until) FILTER (WHERE completed_on <= base.day) AS ran_out_on,
            min(completed_on) FILTER (WHERE completed_on > base.day) AS booked_on,
            bool_or(completed_on <= base.day AND coalesce(valid_until, 'infinity') >= base.day) AS holds
        FROM fleet_trainingrecord
        WHERE staff_member_id = base.staff_id AND course_id = asked.course_id
    ) AS record
    WHERE record.holds IS NOT TRUE
"""
_WORDS = f"""
    CASE WHEN lacking.booked_on IS NOT NULL
            THEN lacking.name || ' is booked for ' || {day("lacking.booked_on")}
        WHEN lacking.ran_out_on < %(today)s
            THEN lacking.name || ' ran out on ' || {day("lacking.ran_out_on")}
        WHEN lacking.ran_out_on IS NOT NULL
            THEN lacking.name || ' runs out on ' || {day("lacking.ran_out_on")}
        WHEN lacking.kind = 'policy' THEN 'Has not accepted ' || lacking.name
        ELSE 'Has not done ' || lacking.name END
"""


class TrainedAndBriefed(PersonCheck):
    key = "trained_and_briefed"
    title = "Trained and briefed where the programme asks"
    meaning = (
        "Each training, briefing and policy that the programme asks for is done and still holds on the day "
        "of the handover."
    )
    owner = CheckOwner.SITE_LEAD

    def sql(self) -> str:
        # The finding ends by itself once everything that is lacking is booked: on the last of those days.
        return f"""
            WITH asked AS MATERIALIZED (
                SELECT course_id FROM rollouts_programmecourse WHERE programme_id = %(programme)s
            ), lacking AS ({_LACKING})
            SELECT lacking.person_id, lacking.site_id, 'failed',
                string_agg({_WORDS}, '; ' ORDER BY lacking.name),
                CASE WHEN count(*) = count(lacking.booked_on) THEN max(lacking.booked_on) END
            FROM lacking GROUP BY lacking.person_id, lacking.site_id
        """  # noqa: S608 (constants alone)
