"""What falls out of support when: the models of devices in use."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from fleet.services.estate.asking import Place
from fleet.services.estate.support import SupportLine, support_of_models
from fleet.views.estate.pages import EstatePage, devices_url
from fleet.web import text
from fleet.web.parts import Stat
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
        lines = support_of_models(form.place)
        today = timezone.localdate()
        table = Table(
            columns=columns(form.place), rows=lines, caption="Models of devices in use, by end of support"
        )
        return {"cards": _cards(lines, today), "tables": [table] if lines else []}


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
