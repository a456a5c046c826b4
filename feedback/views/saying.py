"""Who said something, as readers may know it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from feedback.models import Post
from feedback.vocabulary import ShownAs
from fleet.models import StaffMember


@dataclass(frozen=True, slots=True)
class Speaker:
    name: str
    role: str = ""


def speakers(said: Iterable[Any], organisation_id: int) -> dict[int, Speaker]:
    """Of each row its speaker, by the row's key; one query for their job roles."""
    rows = list(said)
    accounts = {row.author_id for row in rows if row.author_id}
    staff = StaffMember.objects.filter(organisation=organisation_id, user__in=accounts)
    job_roles = dict(staff.values_list("user_id", "job_role"))
    return {row.pk: speaker_of(row, job_roles.get(row.author_id, "")) for row in rows}


def speaker_of(said: Any, job_role: str) -> Speaker:
    if said.shown_as == ShownAs.ANONYMOUS:
        return Speaker("Anonymous")
    official = said.role_name if isinstance(said, Post) and said.is_official else ""
    if said.author_id is None:
        return Speaker(said.author_name or said.author_role or "Not known", official or said.author_role)
    if said.shown_as == ShownAs.ROLE:
        return Speaker(job_role or "A member of staff", official)
    return Speaker(str(said.author), official or job_role)
