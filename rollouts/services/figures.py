"""A programme in four numbers that add up to its goal."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from fleet.models import User
from rollouts.models import Programme, TranchePerson
from rollouts.models.places import FIGURES


@dataclass(frozen=True, slots=True)
class ProgrammeFigures:
    """People in the programme's tranches, each once, in the most advanced of their places.

    The four add up to `total`: the goal, unless more are planned.

    handed_over: handed over or accepted. can_go: outstanding, and ready or at risk. stuck: outstanding, and
    blocked, unknown or not assessed. not_planned: what is left of the goal; people deferred or withdrawn
    are in none of the first three, so that their share is not planned.
    """

    goal: int
    handed_over: int
    can_go: int
    stuck: int

    @property
    def planned(self) -> int:
        return self.handed_over + self.can_go + self.stuck

    @property
    def not_planned(self) -> int:
        return max(self.goal - self.planned, 0)

    @property
    def over_goal(self) -> int:
        """By how many people the tranches go beyond the goal."""
        return max(self.planned - self.goal, 0)

    @property
    def total(self) -> int:
        return self.planned + self.not_planned


def programme_figures(programme: Programme, *, by: User | None = None) -> ProgrammeFigures:
    """Counted in one query; `TranchePersonQuerySet.figure` lists the very rows behind each number.

    Counts those whom `by` may see (None: everybody). The goal is the whole programme's, so that those who
    see only their sites get for a goal what is planned there.
    """
    places = TranchePerson.objects.of_programme(programme, by=by).each_person_once()
    counted = places.aggregate(**{name: Count("pk", filter=rows) for name, rows in FIGURES.items()})
    has_goal = by is None or programme.is_wholly_visible_to(by)
    goal = programme.goal_quantity if has_goal else sum(counted.values())
    return ProgrammeFigures(goal=goal, **counted)
