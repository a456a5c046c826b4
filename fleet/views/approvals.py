"""Assurance approvals: the list, the page of one with its conditions, recording, signing and withdrawing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from fleet.filters import ApprovalFilter
from fleet.forms.approvals import ApprovalForm, SignForm
from fleet.models import Approval, Condition
from fleet.services.assurance import HOW_CHECKED, record_approval, sign_statement, withdraw_approval
from fleet.views.facts import AddFacts, ObjectPage, VerbPage, add_link
from fleet.views.shown import Section, words
from fleet.vocabulary import Control
from fleet.web import status, text
from fleet.web.forms import GovukForm
from fleet.web.lists import ListPage
from fleet.web.parts import SummaryRow
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table, to

STATES = {"planned": "To come", "active": "In force", "expiring": "Ends soon"}


def state_of(approval: Approval) -> str:
    return STATES.get(approval.state, approval.state.capitalize())


def conditions_of(approval: Approval) -> str:
    return "; ".join(str(condition) for condition in approval.conditions.all())


class ApprovalList(ListPage):
    model = Approval
    filterset_class = ApprovalFilter
    heading = "Approvals"
    nouns = ("approval", "approvals")
    default_sort = "platform"
    permissions = ("assurance.view",)
    template_name = "fleet/facts_list.html"
    empty_text = "Record which platform is approved for which classification, by whom and until when."
    columns = (
        Column(
            key="platform",
            title="Platform",
            link=to("fleet:approval-detail"),
        ),
        Column(key="minimum_version", title="From version"),
        Column(
            key="classification",
            title="Approved for",
            value="classification.name",
            csv="classification__code",
        ),
        Column(key="conditions", title="Conditions", value=conditions_of, csv=conditions_of, empty="None"),
        Column(key="authority", title="By"),
        Column(key="reference", title="Reference"),
        Column(key="valid_from", title="From"),
        Column(key="valid_until", title="Until", empty="No end"),
        Column(key="state", title="State", template="fleet/_approval_state.html"),
    )

    def get_queryset(self) -> QuerySet[Approval]:
        return super().get_queryset().select_related("classification").prefetch_related("conditions")

    def get_context_data(self) -> dict[str, Any]:
        link_to_add = add_link(
            self.request, "assurance.change", "fleet:approval-add", "Record an approval", model=Approval
        )
        return super().get_context_data() | link_to_add


class ApprovalPage(ObjectPage):
    model = Approval
    view_permission = "assurance.view"
    change_permission = "assurance.change"
    template_name = "fleet/approval_detail.html"

    def get_queryset(self) -> QuerySet[Approval]:
        return super().get_queryset().select_related("classification")

    def context(self, row: Approval) -> dict[str, Any]:
        may_change = signed_in(self.request).access.may_touch(self.change_permission, row)
        return {
            "sections": [_facts(row)],
            "conditions": _conditions(row, may_sign=may_change and not row.withdrawn_at),
            "withdraw_url": reverse("fleet:approval-withdraw", args=[row.pk])
            if may_change and not row.withdrawn_at
            else "",
        }


def _facts(approval: Approval) -> Section:
    return Section(
        "Approval",
        [
            SummaryRow("State", status.tag(approval.state, state_of(approval))),
            SummaryRow("Platform", f"{approval.get_platform_display()} {approval.minimum_version} or later"),
            SummaryRow("Classification", f"{approval.classification} and below"),
            *words(approval, "authority", "reference", "valid_from", "valid_until", "withdrawn_at"),
        ],
    )


def _signature(condition: Condition) -> str:
    if condition.control != Control.STATEMENT:
        return "Not needed"
    if condition.signed_on is None:
        return "Not signed"
    until = f", until {text.day(condition.signed_until)}" if condition.signed_until else ""
    return f"{condition.signed_by}, {text.day(condition.signed_on)}{until}"


def _conditions(approval: Approval, *, may_sign: bool) -> Table:
    def sign_url(condition: Condition) -> str:
        is_open = may_sign and condition.control == Control.STATEMENT
        return reverse("fleet:approval-sign", args=[approval.pk, condition.pk]) if is_open else ""

    columns = (
        Column(key="condition", title="Condition", value=str),
        Column(key="check", title="How it is checked", value=lambda row: HOW_CHECKED[Control(row.control)]),
        Column(key="signature", title="Signature", value=_signature, link=sign_url),
    )
    return Table(columns=columns, rows=approval.conditions.all(), caption="Conditions")


class RecordApproval(AddFacts):
    model = Approval
    form_class = ApprovalForm
    permission = "assurance.change"
    heading = "Record an approval"
    submit = "Record"

    def do(self, data: dict[str, Any]) -> str:
        conditions = [
            *((control, "") for control in data["controls"]),
            *((Control.SOFTWARE, name) for name in data["software"]),
            *((Control.STATEMENT, text) for text in data["statements"]),
        ]
        record_approval(approval=self.row, conditions=conditions)
        return f"The approval of {self.row} is recorded."


class WithdrawApproval(VerbPage):
    model = Approval
    form_class: type[forms.BaseForm] = GovukForm
    permission = "assurance.change"
    heading = "Withdraw this approval"
    template_name = "fleet/approval_withdraw.html"

    def do(self, _data: dict[str, Any]) -> str:
        withdraw_approval(approval=self.row)
        return f"The approval of {self.row} is withdrawn."


class SignStatement(VerbPage):
    model = Approval
    form_class = SignForm
    permission = "assurance.change"
    heading = "Sign a statement"
    submit = "Record the signature"
    template_name = "fleet/approval_sign.html"

    @property
    def condition(self) -> Condition:
        statements = self.row.conditions.filter(control=Control.STATEMENT)
        statement: Condition = get_object_or_404(statements, pk=self.kwargs["condition"])
        return statement

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"condition": self.condition}

    def do(self, data: dict[str, Any]) -> str:
        sign_statement(condition=self.condition, **data)
        return "The signature is recorded."
