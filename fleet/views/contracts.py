"""Contracts: the list, the page of one, and the decisions on it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.urls import reverse

from fleet.filters import ContractFilter
from fleet.forms.contracts import ContractForm, GiveNoticeForm, RenewForm
from fleet.models import Contract, Device, User
from fleet.models.devices import OFF_THE_BOOKS
from fleet.services.contracts import give_notice, renew
from fleet.views.facts import AddFacts, EditFacts, ObjectPage, VerbPage, add_link
from fleet.views.shown import Section, known, words
from fleet.vocabulary import ContractState, LifeCycle
from fleet.web import status, text
from fleet.web.lists import ListPage
from fleet.web.parts import SummaryRow
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table, extra, to

# In these, there is no notice left to give.
SETTLED = (ContractState.NOTICE_GIVEN, ContractState.ENDED)


EXPORTED = (
    "covers",
    "device_count",
    "starts_on",
    "notice_period",
    "notice_unit",
    "notice_given_on",
    "renews_itself",
)


def value_of(contract: Contract) -> str:
    return "" if contract.value_pence is None else text.pounds(contract.value_pence)


def models_of(contract: Contract) -> list[str]:
    return [str(model) for model in contract.device_models.all()]


class ContractList(ListPage):
    model = Contract
    filterset_class = ContractFilter
    heading = "Contracts"
    nouns = ("contract", "contracts")
    default_sort = "ends_on"
    permissions = ("contracts.view",)
    template_name = "fleet/facts_list.html"
    empty_text = (
        "Add what suppliers are paid for, until when, and by when notice must be given. Today reminds you."
    )
    columns = (
        Column(key="title", title="Contract", link=to("fleet:contract-detail")),
        Column(key="supplier", title="Supplier"),
        Column(key="reference", title="Reference"),
        Column(key="kind", title="Kind"),
        Column(key="ends_on", title="Ends"),
        Column(key="notice_by", title="Notice by", empty="Not known"),
        Column(key="state", title="State", is_status=True),
        Column(
            key="value_pence",
            title="Value",
            value=value_of,
            csv="value_pence",
            is_numeric=True,
            empty="Not known",
        ),
        Column(key="owner", title="Owner", csv="owner__email", empty="Nobody"),
        *extra(Contract, *EXPORTED),
        Column(
            key="device_models",
            title="Device models",
            value=lambda contract: ", ".join(models_of(contract)),
            csv=models_of,
            is_extra=True,
        ),
    )

    def get_queryset(self) -> QuerySet[Contract]:
        visible = Contract.objects.visible_to(signed_in(self.request)).with_state()
        return visible.select_related("owner").prefetch_related("device_models")

    def get_context_data(self) -> dict[str, Any]:
        link_to_add = add_link(
            self.request, "contracts.change", "fleet:contract-add", "Add a contract", model=Contract
        )
        return super().get_context_data() | link_to_add


class ContractPage(ObjectPage):
    model = Contract
    view_permission = "contracts.view"
    change_permission = "contracts.change"
    edit_url_name = "fleet:contract-edit"
    template_name = "fleet/contract_detail.html"

    def get_queryset(self) -> QuerySet[Contract]:
        return Contract.objects.visible_to(signed_in(self.request)).with_state().select_related("owner")

    def context(self, row: Any) -> dict[str, Any]:
        user = signed_in(self.request)
        may_decide = user.access.may_touch(self.change_permission, row)
        return {
            "sections": [_terms(row), _cover(row)],
            "models": _models(row, user) if user.access.may_touch("devices.view", row) else None,
            "may_renew": may_decide,
            "may_give_notice": may_decide and row.state not in SETTLED,
        }


def _terms(contract: Any) -> Section:
    rows = [
        SummaryRow("State", status.tag(contract.state, contract.get_state_display())),
        SummaryRow("Supplier", contract.supplier),
        SummaryRow("Reference", contract.reference),
        *words(contract, "starts_on", "ends_on"),
        SummaryRow("Notice by", known(contract.notice_by)),
        *words(contract, "notice_given_on"),
        SummaryRow("At the end", "Renews itself" if contract.renews_itself else "Ends"),
    ]
    if contract.notice_period is not None:
        unit = contract.get_notice_unit_display().lower().removesuffix("s")
        rows.append(SummaryRow("Notice period", text.counted(contract.notice_period, unit)))
    return Section("Terms", rows)


def _cover(contract: Contract) -> Section:
    rows = [
        SummaryRow("Kind", contract.get_kind_display()),
        SummaryRow("In words", contract.covers or "Not said"),
        SummaryRow("Devices covered", known(contract.device_count)),
        SummaryRow("Value", value_of(contract) or known(None)),
        SummaryRow("Owner", contract.owner or "Nobody"),
    ]
    return Section("What it covers", rows)


def _models(contract: Contract, user: User) -> Table:
    """The models covered, with how many of each are on the books: what is paid for beside what there is."""

    def to_devices(row: dict[str, Any]) -> str:
        asked = QueryDict(mutable=True)
        asked["model"] = row["pk"]
        asked.setlist("life_cycle", [one.value for one in LifeCycle if one not in OFF_THE_BOOKS])
        return f"{reverse('fleet:device-list')}?{asked.urlencode()}"

    visible = Device.objects.visible_to(user).on_the_books()
    on_the_books = visible.filter(model__in=contract.device_models.all())
    counts = dict(on_the_books.order_by().values("model").annotate(n=Count("pk")).values_list("model", "n"))
    rows = [
        {"pk": model.pk, "model": str(model), "devices": counts.get(model.pk, 0)}
        for model in contract.device_models.all()
    ]
    columns = (
        Column(key="model", title="Device model"),
        Column(key="devices", title="On the books", is_numeric=True, link=to_devices),
    )
    return Table(columns=columns, rows=rows, caption="Device models covered")


class AddContract(AddFacts):
    model = Contract
    form_class = ContractForm
    permission = "contracts.change"
    heading = "Add a contract"

    def do(self, data: dict[str, Any]) -> str:
        return _saved(self.row, data, super().do)


class EditContract(EditFacts):
    model = Contract
    form_class = ContractForm
    permission = "contracts.change"
    heading = "Change the contract"

    def do(self, data: dict[str, Any]) -> str:
        return _saved(self.row, data, super().do)


def _saved(contract: Contract, data: dict[str, Any], save: Any) -> str:
    """Saves the contract with the models that it covers."""
    with transaction.atomic():
        done: str = save(data)
        contract.device_models.set(data["device_models"])
    return done


class GiveNotice(VerbPage):
    model = Contract
    form_class = GiveNoticeForm
    permission = "contracts.change"
    heading = "Record that notice was given"
    submit = "Record"

    def do(self, data: dict[str, Any]) -> str:
        give_notice(contract=self.row, given_on=data["given_on"])
        return f"Notice is recorded. {self.name} ends on {text.day(self.row.ends_on)}."


class RenewContract(VerbPage):
    model = Contract
    form_class = RenewForm
    permission = "contracts.change"
    heading = "Record that the contract goes on"
    submit = "Record"

    def do(self, data: dict[str, Any]) -> str:
        renew(contract=self.row, ends_on=data["ends_on"], notice_by=data["notice_by"])
        return f"{self.name} runs until {text.day(data['ends_on'])}."
