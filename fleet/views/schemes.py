"""Classification schemes: the list, and the page of one with its ladder of ranks."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from fleet.filters import SchemeFilter
from fleet.forms.schemes import SchemeForm
from fleet.models import ClassificationScheme, SchemeSwitch
from fleet.views.classifications import COUNTS, InAssurance
from fleet.views.facts import AddFacts, EditFacts, ObjectPage, add_link
from fleet.views.shown import Section, words
from fleet.web.lists import ListPage
from fleet.web.parts import SummaryRow
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table, to

VALID = (
    Column(key="valid_from", title="From", empty="Not known"),
    Column(key="valid_until", title="Until", empty="No end"),
)
LADDER = (
    Column(key="name", title="Classification", link=to("fleet:classification-detail")),
    Column(key="rank", title="Rank", is_numeric=True),
    *COUNTS,
)
SWITCHES = (
    Column(key="switch", title="Switch", value=str, link=to("fleet:switch-detail")),
    Column(key="switches_on", title="First day"),
    Column(key="state", title="State", is_status=True),
)


class SchemeList(InAssurance, ListPage):
    model = ClassificationScheme
    filterset_class = SchemeFilter
    heading = "Classification schemes"
    nouns = ("scheme", "schemes")
    default_sort = "code"
    permissions = ("assurance.view",)
    template_name = "fleet/facts_list.html"
    empty_text = "Add the scheme that holds today, then its classifications from the lowest rank up."
    columns = (
        Column(key="code", title="Code", link=to("fleet:scheme-detail")),
        Column(key="name", title="Name"),
        *VALID,
    )

    def get_context_data(self) -> dict[str, Any]:
        return super().get_context_data() | add_link(
            self.request, "assurance.change", "fleet:scheme-add", "Add a scheme", model=ClassificationScheme
        )


class SchemePage(InAssurance, ObjectPage):
    model = ClassificationScheme
    view_permission = "assurance.view"
    change_permission = "assurance.change"
    edit_url_name = "fleet:scheme-edit"
    template_name = "fleet/scheme_detail.html"

    def context(self, row: ClassificationScheme) -> dict[str, Any]:
        user = signed_in(self.request)
        ladder = row.classifications.all().with_counts(user).order_by("-rank")
        switches: QuerySet[SchemeSwitch] = SchemeSwitch.objects.visible_to(user).filter(
            Q(from_scheme=row) | Q(to_scheme=row)
        )
        dates = words(row, "valid_from", "valid_until")
        return {
            "sections": [Section("Scheme", [SummaryRow("Code", row.code), *dates])],
            "ladder": Table(columns=LADDER, rows=list(ladder), caption="Classifications, highest first"),
            "switches": Table(
                columns=SWITCHES,
                rows=list(switches.select_related("from_scheme", "to_scheme")),
                caption="Switches from and to it",
            ),
        }


class AddScheme(AddFacts):
    model = ClassificationScheme
    form_class = SchemeForm
    permission = "assurance.change"
    heading = "Add a classification scheme"


class EditScheme(EditFacts):
    model = ClassificationScheme
    form_class = SchemeForm
    permission = "assurance.change"
    heading = "Change a classification scheme"
