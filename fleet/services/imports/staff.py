"""Files of staff: an HR extract, which may be the whole list."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from fleet import rules
from fleet.models import Site, StaffMember
from fleet.services.imports.classifications import HANDLED
from fleet.services.imports.kind import Kind, Outcome, Seen, Warnings
from fleet.services.imports.references import site


class StaffKind(Kind):
    def warnings(self, outcome: Outcome) -> Warnings:
        yield from _before_opening(outcome)
        yield from _sharing_an_address(outcome)
        yield from _leaving(outcome.rows)


def _before_opening(outcome: Outcome) -> Warnings:
    """New ones, and those whose site or first day the file changes."""
    sites = Site.objects.filter(organisation=outcome.organisation, opens_on__isnull=False)
    opens = {pk: (name, day) for pk, name, day in sites.values_list("pk", "name", "opens_on") if day}
    for row in outcome.rows if opens else ():
        if row.after is row.before or not row.after["starts_on"] or row.after["site_id"] not in opens:
            continue
        name, day = opens[row.after["site_id"]]
        if day > row.after["starts_on"]:
            yield row.number, "site", f"{name} opens on {_day(day)}, after they start. Check both dates."


def _sharing_an_address(outcome: Outcome) -> Warnings:
    """Rows of the file whose e-mail address somebody else has, there or in the register."""
    having: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, key, address in _addresses(outcome):
        having[address].append((number, key))
    for address, people in having.items():
        for number, key in people if len(people) > 1 else ():
            others = ", ".join(sorted(one for _, one in people if one != key)[:3])
            if number:
                yield number, "email", f"{address} is also the address of {others}. Correct one of them."


def _addresses(outcome: Outcome) -> Iterator[tuple[int, str, str]]:
    """(row number, staff number, address) of everybody as they will be; 0 for those whom the file lacks."""
    for row in outcome.rows:
        if row.after["email"]:
            yield row.number, row.after["staff_number"], row.after["email"].lower()
    named = {row.pk for row in outcome.rows}
    for pk, values in outcome.register.items():
        if values["email"] and pk not in named:
            yield 0, values["staff_number"], values["email"].lower()


def _leaving(rows: Sequence[Seen]) -> Warnings:
    for row in rows:
        day = row.after["leaves_on"]
        if row.before is not None and day and day != row.before["leaves_on"]:
            yield row.number, "leaves_on", f"{row.after['name']} leaves: the last day is {_day(day)}."


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%b %Y}"


STAFF = StaffKind(
    title="Staff",
    permission="people.change",
    model=StaffMember,
    fields=(
        "staff_number", "name", "email", "upn", "job_role", "fte", "work_style", "group",
        "assistive_needs", "starts_on", "leaves_on",
    ),
    references={"site": site("site"), "classification": HANDLED},
    identifiers=(("staff_number",),),
    names_row=("name", "staff_number"),
    url_name="fleet:person-detail",
    list_url_name="fleet:person-list",
    rules=rules.of_staff,
    ignored=frozenset({"devices_held"}),
    soft=frozenset({"site"}),
    synonyms={
        "employee_number": "staff_number", "employee_no": "staff_number", "employee_id": "staff_number",
        "staff_no": "staff_number", "staff_id": "staff_number", "payroll_number": "staff_number",
        "personnel_number": "staff_number", "full_name": "name", "employee_name": "name",
        "staff_name": "name", "display_name": "name", "email_address": "email", "e_mail": "email",
        "e_mail_address": "email", "work_email": "email", "user_principal_name": "upn",
        "job_title": "job_role", "role": "job_role", "post": "job_role", "position": "job_role",
        "full_time_equivalent": "fte", "team": "group", "political_group": "group",
        "team_or_group": "group", "office": "site", "location": "site", "base": "site", "site_code": "site",
        "site_name": "site", "work_location": "site", "building": "site", "start_date": "starts_on",
        "starts": "starts_on", "joined": "starts_on", "date_joined": "starts_on",
        "leaving_date": "leaves_on", "end_date": "leaves_on", "leave_date": "leaves_on",
        "leaves": "leaves_on", "last_day": "leaves_on", "handles": "classification",
        "security_classification": "classification",
    },
    meanings={
        "staff_number": "The key in the organisation",
        "site": "The site's code or name. An unknown one is a warning, and the person's site stays as it is",
        "group": "A team or a political group",
        "fte": "More than 0, at most 1, which is the default",
        "classification": "The code of the most sensitive information that they handle",
        "starts_on": "Date",
        "leaves_on": "Date: the last day at work",
    },
    example={
        "staff_number": "004711", "name": "Siân O'Brien", "email": "sian.obrien@example.gov.uk",
        "job_role": "VAT inspector", "fte": "0.8", "work_style": "mobile", "group": "Field team 2",
        "starts_on": "2026-04-06",
    },
    mover="site",
    term=("starts_on", "leaves_on"),
)  # fmt: skip
