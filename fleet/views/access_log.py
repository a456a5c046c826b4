"""The access log: who saw personal data, when, and how much of it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from fleet.filters.access_records import AccessRecordFilter
from fleet.models import AccessRecord, StaffMember
from fleet.services.access_log import KINDS
from fleet.web.lists import ListPage
from fleet.web.requests import signed_in
from fleet.web.tables import Column, to


class AccessLog(ListPage):
    model = AccessRecord
    filterset_class = AccessRecordFilter
    heading = "Access log"
    nouns = ("look", "looks")
    default_sort = "-at"
    permissions = ("history.view",)
    seen = "access"
    empty_text = "Whoever opens or downloads personal data from now on is listed here."
    columns = (
        Column(key="at", title="When"),
        Column(key="user", title="Who looked", value="user", csv="user__email"),
        Column(key="what", title="At what", value=lambda row: KINDS.get(row.what, row.what), csv="what"),
        Column(
            key="person",
            title="At whom",
            value="person.name",
            csv="person__staff_number",
            link=to("fleet:person-detail", "person.pk"),
            empty="–",
        ),
        Column(key="rows", title="Rows", is_numeric=True),
        Column(key="filters", title="Filters", empty="–"),
        Column(key="is_export", title="Downloaded"),
        Column(key="channel", title="How"),
        Column(key="request_id", title="Request id", is_csv_only=True),
        Column(key="object_id", title="Object", is_csv_only=True),
    )

    def get_queryset(self) -> QuerySet[AccessRecord]:
        return super().get_queryset().select_related("user", "person")


def seen_by(request: Any, person: StaffMember) -> dict[str, str]:
    """For a person's page: where an auditor reads who has seen it."""
    if not signed_in(request).access.may_touch("history.view", person):
        return {}
    return {"seen_url": f"{reverse('fleet:access-log')}?person={person.pk}"}
