"""The page of one line or tariff, and the verbs on them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from fleet.forms.lines import EndLineForm, HandOverLineForm, LineForm, PutOnSimForm, TariffForm
from fleet.models import Line, Tariff
from fleet.services.lines import moving
from fleet.views.facts import AddFacts, EditFacts, ObjectPage, VerbPage
from fleet.views.lines.months import usage_of
from fleet.views.lines.words import above_of, allowance_of, devices_of, pence, sims_of
from fleet.views.shown import Section, known, link, words
from fleet.web import status, text
from fleet.web.parts import SummaryRow
from fleet.web.requests import signed_in


class LinePage(ObjectPage):
    model = Line
    seen = "line"
    view_permission = "lines.view"
    change_permission = "lines.manage"
    edit_url_name = "fleet:line-edit"
    template_name = "fleet/line_detail.html"

    def get_queryset(self) -> QuerySet[Line]:
        rows = super().get_queryset()
        return rows.select_related("organisation", "holder__site", "tariff", "contract", "sim__device__site")

    def context(self, row: Line) -> dict[str, Any]:
        user = signed_in(self.request)
        others = Line.objects.visible_to(user).filter(organisation=row.organisation, msisdn=row.msisdn)
        may = user.access.may_touch
        return {
            "sections": [_whose(row, user), _terms(row, user)],
            "sims": sims_of(row),
            "devices": devices_of(row, may_open=user.access.may("devices.view")),
            "others": others.exclude(pk=row.pk).exclude(msisdn="").select_related("holder"),
            **usage_of(row),
            "may_move": row.is_open and may("lines.manage", row),
        }


def state_of(line: Line) -> SafeString:
    return status.tag("open", "Open") if line.is_open else status.tag("ended", "Ended")


def _whose(line: Line, user: Any) -> Section:
    device = line.device
    is_shown = device is not None and user.access.may_touch("devices.view", device)
    rows = [
        SummaryRow("State", state_of(line)),
        SummaryRow("Holder", link("person", line.holder, user, "Nobody")),
        SummaryRow("Device", link("device", device) if is_shown else str(device or "In none")),
        SummaryRow("SIM", line.sim.iccid if line.sim else "Not known"),
        SummaryRow("Kept though unused because", line.get_justification_display() or "No reason given"),
        *words(line, "justification_note", "starts_on", "ends_on"),
        SummaryRow("Known from", line.get_origin_display()),
    ]
    return Section("Where it is", rows)


def _terms(line: Line, user: Any) -> Section:
    tariff, contract = line.tariff, line.contract
    may_open = contract is not None and user.access.may_touch("contracts.view", contract)
    rows = [
        SummaryRow("Carrier", known(line.carrier)),
        SummaryRow("Tariff", link("tariff", tariff)),
        SummaryRow("Rental a month", (tariff and pence(tariff.rental_pence)) or known(None)),
        SummaryRow("Data a month", allowance_of(tariff) or "No limit known"),
        SummaryRow("Contract", link("contract", contract) if may_open else known(contract)),
    ]
    return Section("What it costs", rows)


class AddLine(AddFacts):
    model = Line
    form_class = LineForm
    permission = "lines.manage"
    heading = "Add a line"


class EditLine(EditFacts):
    model = Line
    seen = "line"
    form_class = LineForm
    permission = "lines.manage"
    heading = "Change the line"


class _LineVerb(VerbPage):
    model = Line
    seen = "line"
    permission = "lines.manage"


class PutOnSim(_LineVerb):
    form_class = PutOnSimForm
    heading = "Put the line on another SIM"

    def do(self, data: dict[str, Any]) -> str:
        sim = moving.put_on_sim(line=self.row, iccid=data["iccid"], on=data["on"])
        return f"{self.name} is on SIM {sim.iccid}."


class HandOverLine(_LineVerb):
    form_class = HandOverLineForm
    heading = "Hand the number over"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": signed_in(self.request)}

    def do(self, data: dict[str, Any]) -> str:
        new = moving.hand_over(line=self.row, holder=data["holder"], on=data["on"])
        self.row = new
        return f"{self.name} is with {new.holder or 'nobody'} from {text.day(new.starts_on)}."


class EndLine(_LineVerb):
    form_class = EndLineForm
    heading = "End the line"
    submit = "End it"

    def do(self, data: dict[str, Any]) -> str:
        moving.end(line=self.row, on=data["on"])
        return f"{self.name} ends on {text.day(data['on'])}."


class TariffPage(ObjectPage):
    model = Tariff
    view_permission = "lines.view"
    change_permission = "lines.manage"
    edit_url_name = "fleet:tariff-edit"
    template_name = "fleet/tariff_detail.html"

    def get_queryset(self) -> QuerySet[Tariff]:
        user = signed_in(self.request)
        return Tariff.objects.visible_to(user).with_counts(user)

    def context(self, row: Any) -> dict[str, Any]:
        rows = [
            SummaryRow("Carrier", row.carrier),
            SummaryRow("Rental a month", pence(row.rental_pence) or known(None)),
            SummaryRow("Data a month", allowance_of(row) or "No limit known"),
            SummaryRow("Above it", above_of(row) or known(None)),
            SummaryRow("A megabyte is", row.get_megabyte_bytes_display()),
            *words(row, "minutes", "texts"),
            SummaryRow("Prices include VAT", known(row.is_vat_included)),
        ]
        return {"sections": [Section("What it costs", rows)]}


class AddTariff(AddFacts):
    model = Tariff
    form_class = TariffForm
    permission = "lines.manage"
    heading = "Add a tariff"


class EditTariff(EditFacts):
    model = Tariff
    form_class = TariffForm
    permission = "lines.manage"
    heading = "Change the tariff"
