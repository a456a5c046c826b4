"""Classifications: the list, and the page of one with who handles it and what covers it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from fleet.filters import ClassificationFilter
from fleet.forms.schemes import ClassificationForm
from fleet.models import Approval, Classification
from fleet.views.approvals import conditions_of
from fleet.views.facts import AddFacts, EditFacts, ObjectPage, add_link
from fleet.views.shown import Section, link, words
from fleet.web import text
from fleet.web.lists import ListPage
from fleet.web.parts import Stat, SummaryRow
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table, to


class InAssurance:
    """Rows that anybody may be told of by name, on a page for those who see approvals."""

    request: HttpRequest

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset()  # type: ignore[misc]
        return rows.filter(signed_in(self.request).access.scope("assurance.view", sites=()))


def counted(rows: Any, request: HttpRequest) -> QuerySet[Classification]:
    """With their scheme, and the people and approvals that this person may see."""
    found: QuerySet[Classification] = rows.select_related("scheme").with_counts(signed_in(request))
    return found


def listed(url_name: str) -> Callable[[Classification], str]:
    """A link to the rows of a list that name the classification."""
    return lambda row: f"{reverse(url_name)}?classification={row.pk}"


COUNTS = (
    Column(
        key="people",
        title="People",
        is_numeric=True,
        link=listed("fleet:person-list"),
    ),
    Column(
        key="approvals",
        title="Approvals for it",
        value="approvals_held",
        is_numeric=True,
        link=listed("fleet:approval-list"),
    ),
)
COVERS = (
    Column(key="approval", title="Approval", value=str, link=to("fleet:approval-detail")),
    Column(key="authority", title="By"),
    Column(key="conditions", title="Conditions", value=conditions_of),
    Column(key="valid_until", title="Until", empty="No end"),
)
BECOMES = (
    Column(
        key="becomes",
        title="Becomes",
        value="becomes.name",
        link=to("fleet:classification-detail", "becomes_id"),
    ),
    Column(
        key="to_scheme", title="In", value="to_scheme.name", link=to("fleet:scheme-detail", "to_scheme_id")
    ),
    Column(key="approvals", title="An approval for it"),
    Column(key="note", title="Note"),
)


class ClassificationList(InAssurance, ListPage):
    model = Classification
    filterset_class = ClassificationFilter
    heading = "Classifications"
    nouns = ("classification", "classifications")
    default_sort = "scheme"
    permissions = ("assurance.view",)
    template_name = "fleet/classification_list.html"
    empty_text = "Import a file (Fleet, Imports), or add the first one here."
    columns = (
        Column(key="name", title="Classification", link=to("fleet:classification-detail")),
        Column(key="code", title="Code"),
        Column(
            key="scheme",
            title="Scheme",
            value="scheme.name",
            csv="scheme__code",
            link=to("fleet:scheme-detail", "scheme_id"),
        ),
        Column(key="rank", title="Rank", is_numeric=True),
        Column(key="valid_from", title="From", empty="Not known"),
        Column(key="valid_until", title="Until", empty="No end"),
        *COUNTS,
    )

    def get_queryset(self) -> QuerySet[Classification]:
        return counted(super().get_queryset(), self.request)

    def get_context_data(self) -> dict[str, Any]:
        return super().get_context_data() | add_link(
            self.request,
            "assurance.change",
            "fleet:classification-add",
            "Add a classification",
            model=Classification,
        )


class ClassificationPage(InAssurance, ObjectPage):
    model = Classification
    view_permission = "assurance.view"
    change_permission = "assurance.change"
    edit_url_name = "fleet:classification-edit"
    template_name = "fleet/classification_detail.html"

    def get_queryset(self) -> QuerySet[Classification]:
        return counted(super().get_queryset(), self.request)

    def context(self, row: Any) -> dict[str, Any]:
        user = signed_in(self.request)
        covering = Approval.objects.visible_to(user).in_force(timezone.localdate()).covering(row)
        facts = [
            SummaryRow("Scheme", link("scheme", row.scheme)),
            SummaryRow("Code", row.code),
            SummaryRow("Rank", str(row.rank)),
            *words(row, "valid_from", "valid_until"),
        ]
        mappings = row.mappings.visible_to(user).select_related("becomes", "to_scheme")
        return {
            "cards": [
                Stat(text.number(row.people), "people handle it", listed("fleet:person-list")(row)),
                Stat(text.number(row.approvals_held), "approvals for it", listed("fleet:approval-list")(row)),
            ],
            "sections": [Section("Classification", facts)],
            "covering": Table(
                columns=COVERS,
                rows=list(covering.select_related("classification").prefetch_related("conditions")),
                caption="Approvals in force that cover it",
            ),
            "mappings": Table(columns=BECOMES, rows=list(mappings), caption="In other schemes"),
        }


class AddClassification(AddFacts):
    model = Classification
    form_class = ClassificationForm
    permission = "assurance.change"
    heading = "Add a classification"


class EditClassification(EditFacts):
    model = Classification
    form_class = ClassificationForm
    permission = "assurance.change"
    heading = "Change a classification"
