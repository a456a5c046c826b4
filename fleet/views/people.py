"""The list of people and the page of one: what they need, and what they hold."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from fleet.filters import StaffMemberFilter
from fleet.forms.people import StaffMemberForm
from fleet.models import StaffMember, User
from fleet.services.erasure import may_erase
from fleet.views.access_log import seen_by
from fleet.views.access_review import review_url
from fleet.views.bulk import actions_of
from fleet.views.facts import AddFacts, EditFacts, ObjectPage, add_link
from fleet.views.lines.words import lines_of
from fleet.views.shown import Section, held_devices, known, link, under, words
from fleet.views.training import training_of
from fleet.vocabulary import AssistiveTechnology
from fleet.web import status
from fleet.web.lists import ListPage
from fleet.web.parts import SummaryRow
from fleet.web.requests import signed_in
from fleet.web.tables import Column, extra, to


def needs_of(person: StaffMember) -> str:
    return ", ".join(str(AssistiveTechnology(need).label) for need in person.assistive_needs)


# What somebody needs for a disability stands on their own page and in exports, not beside everybody's name.
EXPORTED = ("staff_number", "email", "upn", "fte", "starts_on")


class PersonList(ListPage):
    model = StaffMember
    seen = "people"
    filterset_class = StaffMemberFilter
    heading = "People"
    nouns = ("person", "people")
    default_sort = "name"
    permissions = ("people.view",)
    bulk = actions_of("people")
    template_name = "fleet/facts_list.html"
    empty_text = "Import a file (Fleet, Imports), or add the first person here."
    columns = (
        Column(
            key="name",
            title="Name",
            value=lambda person: under(person.name, person.staff_number),
            csv="name",
            link=to("fleet:person-detail"),
        ),
        Column(
            key="site",
            title="Site",
            value="site.name",
            csv="site__code",
            link=to("fleet:site-detail", "site_id"),
            empty="Not known",
        ),
        Column(key="job_role", title="Job role", empty="Not known"),
        Column(key="work_style", title="Work style"),
        Column(key="group", title="Team or group"),
        Column(
            key="classification",
            title="Handles",
            value="classification.name",
            csv="classification__code",
            empty="Not known",
        ),
        Column(key="devices_held", title="Devices", is_numeric=True),
        Column(key="leaves_on", title="Leaves", empty="No date"),
        *extra(StaffMember, *EXPORTED),
        Column(key="assistive_needs", title="Assistive technology needed", is_csv_only=True),
    )

    def get_queryset(self) -> QuerySet[StaffMember]:
        people = StaffMember.objects.visible_to(signed_in(self.request))
        return people.with_devices_held().select_related("site", "classification")

    def get_context_data(self) -> dict[str, Any]:
        link_to_add = add_link(
            self.request, "people.change", "fleet:person-add", "Add a person", model=StaffMember
        )
        return super().get_context_data() | link_to_add


class PersonPage(ObjectPage):
    model = StaffMember
    seen = "person"
    place = "person"
    view_permission = "people.view"
    change_permission = "people.change"
    edit_url_name = "fleet:person-edit"
    template_name = "fleet/person_detail.html"

    def get_queryset(self) -> QuerySet[StaffMember]:
        return super().get_queryset().select_related("site", "classification", "user")

    def context(self, row: StaffMember) -> dict[str, Any]:
        user = signed_in(self.request)
        return {
            "sections": [_work(row, user), _contact(row)],
            "devices": held_devices(row),
            "lines": lines_of(row) if user.access.may_touch("lines.view", row) else None,
            "review_url": review_url(user, permission="people.view", site_id=row.site_id),
            **training_of(row, user),
            **seen_by(self.request, row),
            "erase_url": reverse("fleet:person-erase", args=[row.pk]) if may_erase(row, user) else "",
        }


def _work(person: StaffMember, by: User) -> Section:
    state = (
        status.tag("active", "At work") if person.is_active() else status.tag("ended", "Not at work today")
    )
    return Section(
        "Work",
        [
            SummaryRow("Today", state),
            SummaryRow("Site", link("site", person.site, by)),
            SummaryRow("Work style", person.get_work_style_display()),
            SummaryRow("Assistive technology needed", needs_of(person) or "None recorded"),
            SummaryRow("Handles information up to", known(person.classification)),
            *words(person, "job_role", "fte", "group", "starts_on", "leaves_on"),
        ],
    )


def _contact(person: StaffMember) -> Section:
    account = known(person.user.email) if person.user else "No account"
    rows = [SummaryRow("Staff number", person.staff_number), *words(person, "email", "upn")]
    return Section("Contact", [*rows, SummaryRow("Account in Tranche", account)])


class AddPerson(AddFacts):
    model = StaffMember
    form_class = StaffMemberForm
    permission = "people.change"
    heading = "Add a person"


class EditPerson(EditFacts):
    model = StaffMember
    seen = "person"
    form_class = StaffMemberForm
    permission = "people.change"
    heading = "Change facts"
