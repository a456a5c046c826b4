"""Checks on what people of earlier tranches have said since they had their device.

Those who spoke anonymously are nobody's people: their voices are in neither check.
"""

from rollouts.checks.base import TrancheCheck
from rollouts.vocabulary import CheckOwner, Severity

# A row for each unsettled thread in which somebody of an earlier tranche has a voice since the handover; of
# merged threads the one that stands.
_THREADS = """
    SELECT DISTINCT standing.id, standing.is_severe,
        CASE WHEN standing.is_answered THEN standing.next_update_on ELSE standing.due_on END AS due_on
    FROM rollouts_tranche this
    JOIN rollouts_tranche earlier
        ON earlier.programme_id = this.programme_id AND earlier.number < this.number
    JOIN rollouts_trancheperson place ON place.tranche_id = earlier.id
    JOIN fleet_staffmember person ON person.id = place.staff_member_id
    JOIN feedback_voice voice
        ON voice.author_id = person.user_id AND voice.joined_on >= place.handed_over_at::date
    JOIN feedback_thread own ON own.id = voice.thread_id
    JOIN feedback_thread standing ON standing.id = coalesce(own.merged_into_id, own.id)
    WHERE this.id = %(tranche)s AND standing.organisation_id = %(organisation)s
        AND standing.kind = 'problem' AND standing.hidden_at IS NULL
        AND standing.status IN ('open', 'acknowledged', 'planned', 'in_progress')
"""


class _Heard(TrancheCheck):
    """Fails where any of those threads meets a condition."""

    owner = CheckOwner.TECHNOLOGY_LEAD
    condition: str
    one: str
    many: str

    def sql(self) -> str:
        return f"""
            SELECT NULL::bigint, NULL::bigint, 'failed',
                count(*) || CASE WHEN count(*) = 1 THEN '{self.one}' ELSE '{self.many}' END, NULL::date
            FROM ({_THREADS}) AS said WHERE {self.condition} HAVING count(*) > 0
        """  # noqa: S608 (constants alone)


class SevereFeedback(_Heard):
    key = "severe_feedback"
    title = "Earlier tranches report nothing severe that is open"
    meaning = (
        "Of the problems that people of earlier tranches have raised or joined since they had their device, "
        "none that is marked severe is unsettled."
    )
    condition = "said.is_severe"
    one = " severe problem of people in earlier tranches is open"
    many = " severe problems of people in earlier tranches are open"


class FeedbackAnswered(_Heard):
    key = "feedback_answered"
    title = "Earlier tranches have their answers in time"
    meaning = (
        "Of the problems that people of earlier tranches have raised or joined since they had their device, "
        "none waits for an official response or an update that is overdue."
    )
    severity = Severity.ADVISORY
    condition = "said.due_on < %(today)s"
    one = " problem of people in earlier tranches is overdue for an answer or an update"
    many = " problems of people in earlier tranches are overdue for an answer or an update"
