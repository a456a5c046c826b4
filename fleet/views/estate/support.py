"""What falls out of support when: the models of devices in use."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from fleet.forms.estate import OsSupportForm
from fleet.models import OsSupport
from fleet.services.estate.asking import Place
from fleet.services.estate.support import (
    OsLine,
    SupportLine,
    set_os_support,
    support_of_models,
    support_of_systems,
)
from fleet.views.estate.pages import EstatePage, OrganisationForm, devices_url
from fleet.web import text
from fleet.web.parts import Stat
from fleet.web.requests import asked_for
from fleet.web.tables import Column, Table


def _value(line: SupportLine) -> str | None:
    return None if line.pence is None else text.pounds(line.pence)


def columns(place: Place) -> tuple[Column, ...]:
    return (
        Column(
            key="model",
            title="Model",
            csv=lambda line: str(line.model),
            link=lambda line: devices_url(place, model=line.model.pk),
        ),
        Column(key="supported_until", title="Supported until", empty="Not known"),
        Column(key="devices", title="Devices in use", is_numeric=True),
        Column(
            key="pence",
            title="To replace them",
            value=_value,
            csv=lambda line: line.pence,
            is_numeric=True,
            empty="Price not known",
        ),
    )


class SupportPage(EstatePage):
    url_name = "fleet:estate-support"
    csv_name = "end-of-support"

    def exported(self, form: Any) -> Table:
        return Table(
            columns=columns(form.place), rows=support_of_models(form.place), caption="End of support"
        )

    def answer(self, form: Any) -> dict[str, Any]:
        place, today = form.place, timezone.localdate()
        lines, systems = support_of_models(place), support_of_systems(place)
        may = place.user.access.may_change("devices.change", organisation_id=place.organisation.pk)
        edit_url = reverse("fleet:estate-support-edit", args=[place.organisation.pk]) if may else ""
        tables = (
            Table(columns=columns(place), rows=lines, caption="Models of devices in use, by end of support"),
            Table(
                columns=system_columns(place, edit_url),
                rows=systems,
                caption="Operating systems, by end of support",
            ),
        )
        return {
            "cards": _cards(lines, today),
            "tables": [table for table in tables if table.rows],
            "add_url": edit_url,
            "add_text": "Say until when an operating system is supported",
        }


def system_columns(place: Place, edit_url: str) -> tuple[Column, ...]:
    def link(line: OsLine) -> str:
        row = line.row
        return devices_url(place, platform=row.platform, os_from=row.version, os_below=line.following)

    def edit(line: OsLine) -> str:
        asked = {"platform": line.row.platform, "version": line.row.version}
        return f"{edit_url}?{urlencode(asked)}" if edit_url else ""

    return (
        Column(key="row", title="Operating system", link=edit),
        Column(key="supported_until", title="Supported until"),
        Column(key="devices", title="Devices in use", link=link, is_numeric=True),
        Column(key="source", title="Who says so", value="row.source"),
    )


class EditOsSupport(OrganisationForm):
    """Says until when a version of an operating system is supported."""

    form_class = OsSupportForm
    heading = "End of support"

    def get_initial(self) -> dict[str, Any]:
        asked = {name: asked_for(self.request, name) for name in ("platform", "version")}
        row = OsSupport.objects.filter(organisation=self.organisation, **asked).first()
        return {**asked, "supported_until": row.supported_until, "source": row.source} if row else {}

    def do(self, data: dict[str, Any]) -> str:
        set_os_support(organisation=self.organisation, **data)
        return "The end of support is changed."

    def get_success_url(self) -> str:
        return f"{reverse('fleet:estate-support')}?organisation={self.organisation.code}"


def _cards(lines: list[SupportLine], today: Any) -> list[Stat]:
    year = today.replace(day=min(today.day, 28), year=today.year + 1)
    dated = [(line.supported_until, line) for line in lines if line.supported_until]
    over = [line for until, line in dated if until < today]
    soon = [line for until, line in dated if today <= until < year]
    unknown = sum(line.devices for line in lines if not line.supported_until)
    return [
        Stat(text.number(_devices(over)), "in use past support", tone="warning" if over else "good"),
        Stat(text.number(_devices(soon)), f"more fall out before {text.day(year)}"),
        Stat(text.pounds(sum(line.pence or 0 for line in [*over, *soon])), "to replace both, where priced"),
        Stat(text.number(unknown), "of models without a date"),
    ]


def _devices(lines: list[SupportLine]) -> int:
    return sum(line.devices for line in lines)
