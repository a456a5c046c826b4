"""What happened in the programme before today, tranche by tranche."""

from __future__ import annotations

import datetime as dt

from django.db import connection

from fleet.models import User
from rollouts.demo.copying import copy_rows
from rollouts.demo.moving import on_working_day
from rollouts.demo.past_gates import pass_gate
from rollouts.demo.rollout_devices import Seat
from rollouts.demo.stage import Stage
from rollouts.models import ExitCriterion, Hold, Reflection, Tranche, TrancheEvent, TranchePerson
from rollouts.vocabulary import TrancheState as S

WHAT_HAPPENED = (
    "Twelve members of the executive committee used a tablet in place of papers and a laptop for ten weeks. "
    "Ten used it on most days; two kept their laptop for spreadsheets."
)
LESSONS = (
    "Set up the managed container before the hand-over, not at it: it took forty minutes each. "
    "Tell people where the settings for assistive technology are. Bring a spare charger to each hand-over."
)
PILOT_PROPOSAL = "All twelve volunteered. Devices are prepared and were tried by the service desk."
PILOT_RATIONALE = "Small enough to stop at any time; the security authority has approved the platform."
SECOND_PROPOSAL = (
    "The pilot's lessons are recorded and acted on. Devices for the first weeks are in the depot."
)
SECOND_RATIONALE = "Everybody is ready. Start in Scotland, where the depot is nearest."
HELD_BECAUSE = "Devices handed over in Leeds could not reach the case system over the mobile network."
RELEASED_BECAUSE = (
    "The carrier corrected the access point; twenty devices were tried in Leeds and all connected."
)


def tell_story(stage: Stage, tranches: dict[int, Tranche], seats: dict[int, list[Seat]]) -> None:
    """In the caller's transaction."""
    teller = _Teller(stage.users, stage.now)
    teller.gate(tranches[1], proposed=164, decided=161, proposal=PILOT_PROPOSAL, rationale=PILOT_RATIONALE)
    teller.gate(tranches[2], proposed=62, decided=58, proposal=SECOND_PROPOSAL, rationale=SECOND_RATIONALE)
    _seat([seat for number in (1, 2, 3) for seat in seats[number]])
    teller.closed_pilot(tranches[1])
    teller.under_way(tranches[2])
    teller.planned(tranches[3], days_ago=40)
    teller.planned(tranches[4], days_ago=25)


def _seat(seats: list[Seat]) -> None:
    """Writes what became of each person, in one statement."""
    columns = {
        "state": "text",
        "reason": "text",
        "device_id": "bigint",
        "handed_over_at": "timestamptz",
        "accepted_at": "timestamptz",
    }
    arrays = [[seat.pk for seat in seats], *([getattr(seat, name) for seat in seats] for name in columns)]
    places = ", ".join(["%s::bigint[]", *(f"%s::{kind}[]" for kind in columns.values())])
    sets = ", ".join(f"{name} = told.{name}" for name in columns)
    sql = f"""
        UPDATE {TranchePerson._meta.db_table} place SET {sets}
        FROM unnest({places}) AS told (id, {", ".join(columns)}) WHERE place.id = told.id
    """  # noqa: S608 (constants alone)
    with connection.cursor() as cursor:
        cursor.execute(sql, arrays)


class _Teller:
    """Moves tranches on as if their people had done it on the day."""

    def __init__(self, users: dict[str, User], now: dt.datetime) -> None:
        self.users = users
        self.now = now

    def ago(self, days: int) -> dt.datetime:
        """In the working hours of the working day so long ago."""
        day = on_working_day(self.now.date() - dt.timedelta(days))
        return dt.datetime.combine(day, dt.time(10 + days % 6, 12), tzinfo=self.now.tzinfo)

    def gate(self, tranche: Tranche, *, proposed: int, decided: int, proposal: str, rationale: str) -> None:
        """Days ago."""
        pass_gate(
            tranche,
            self.users,
            proposed_at=self.ago(proposed),
            decided_at=self.ago(decided),
            proposal=proposal,
            rationale=rationale,
        )

    def planned(self, tranche: Tranche, *, days_ago: int) -> None:
        self._move(tranche, [("plan", S.DRAFT, S.PLANNED, days_ago, "it-manager", "")])

    def closed_pilot(self, tranche: Tranche) -> None:
        steps = [
            ("plan", S.DRAFT, S.PLANNED, 172, "it-manager", ""),
            ("propose", S.PLANNED, S.GATE, 164, "technology-lead", ""),
            ("decide", S.GATE, S.DEPLOYING, 161, "it-manager", "Go"),
            ("start_hypercare", S.DEPLOYING, S.HYPERCARE, 143, "it-manager", ""),
            ("end_hypercare", S.HYPERCARE, S.REFLECTING, 129, "it-manager", ""),
            ("record_reflection", S.REFLECTING, S.REFLECTING, 80, "pilot-coordinator", ""),
            ("close", S.REFLECTING, S.CLOSED, 78, "it-manager", ""),
        ]
        self._move(tranche, steps, locked_days_ago=164, hypercare_starts_on=self.ago(143).date())
        ExitCriterion.objects.filter(tranche=tranche).update(
            met_at=self.ago(130), met_by=self.users["it-manager"]
        )
        reflection = Reflection.objects.create(
            tranche=tranche,
            what_happened=WHAT_HAPPENED,
            lessons=LESSONS,
            owner=self.users["it-manager"],
            recorded_by=self.users["pilot-coordinator"],
        )
        Reflection.objects.filter(pk=reflection.pk).update(recorded_at=self.ago(80))

    def under_way(self, tranche: Tranche) -> None:
        steps = [
            ("plan", S.DRAFT, S.PLANNED, 90, "it-manager", ""),
            ("propose", S.PLANNED, S.GATE, 62, "technology-lead", ""),
            ("decide", S.GATE, S.DEPLOYING, 58, "it-manager", "Go"),
            ("hold", S.DEPLOYING, S.HELD, 33, "technology-lead", HELD_BECAUSE),
            ("release", S.HELD, S.DEPLOYING, 29, "technology-lead", RELEASED_BECAUSE),
        ]
        self._move(tranche, steps, locked_days_ago=62)
        hold = Hold.objects.create(
            tranche=tranche,
            reason=HELD_BECAUSE,
            placed_by=self.users["technology-lead"],
            released_by=self.users["technology-lead"],
            released_at=self.ago(29),
            release_reason=RELEASED_BECAUSE,
        )
        Hold.objects.filter(pk=hold.pk).update(placed_at=self.ago(33))

    def _move(
        self,
        tranche: Tranche,
        steps: list[tuple[str, S, S, int, str, str]],
        *,
        locked_days_ago: int | None = None,
        **fields: dt.date,
    ) -> None:
        """Leaves the tranche in the last step's state, with an event for each."""
        tranche.state = steps[-1][2]
        tranche.locked_at = self.ago(locked_days_ago) if locked_days_ago else None
        for name, value in fields.items():
            setattr(tranche, name, value)
        tranche.save()
        copy_rows(
            TrancheEvent,
            [
                {
                    "tranche_id": tranche.pk,
                    "verb": verb,
                    "from_state": before,
                    "to_state": after,
                    "at": self.ago(days),
                    "actor_id": self.users[role].pk,
                    "note": note,
                }
                for verb, before, after, days, role, note in steps
            ],
        )
