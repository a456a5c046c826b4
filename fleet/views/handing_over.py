"""Handing over what somebody holds to another person: first shown, then done in one step."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from fleet.forms.access import HandOverForm
from fleet.models import Grant
from fleet.services.grants import MANAGE
from fleet.services.handing_over import Handing, Item, fingerprint, found, hand_over, handing
from fleet.views.facts import VerbPage
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table
from fleet.web.text import counted


class HandOver(VerbPage):
    """Starts from one of the person's roles. The first POST shows what there is, the second does it."""

    model = Grant
    form_class = HandOverForm
    permission = MANAGE
    heading = "Hand over"
    template_name = "fleet/hand_over.html"
    items: list[Item] | None = None
    now = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.row.organisation_id not in signed_in(request).access.whole_organisation_ids(MANAGE):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def answer(self, data: dict[str, Any]) -> HttpResponse:
        asked = handing(giver=self.row.user, to=data["to"], by=signed_in(self.request))
        if data["seen"]:
            self.foresee(asked)
            return self._done(asked, data["seen"])
        self.foresee(asked)
        return self._shown(asked, data["to"])

    def foresee(self, asked: Handing) -> None:
        """Kept for the page, which also a refusal shows."""
        self.items = found(asked)
        self.now = fingerprint(asked, self.items)

    def _done(self, asked: Handing, seen: str) -> HttpResponse:
        self.asked, self.fingerprint = asked, seen
        return super().answer({})

    def do(self, data: dict[str, Any]) -> str:
        items = hand_over(handing=self.asked, seen=self.fingerprint)
        went = sum(not item.stays for item in items)
        what = counted(went, "thing")
        return f"{what} went from {self.asked.giver} to {self.asked.taker}. Their roles that went have ended."

    def _shown(self, asked: Handing, to: str) -> HttpResponse:
        form = HandOverForm(initial={"to": to, "seen": self.now})
        return self.render_to_response(self.get_context_data(form=form, asked=asked))

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """After a refusal, what there is by now is shown, and sending the form again is about that."""
        if self.items is not None:
            form.data = {**form.data.dict(), "seen": self.now}  # type: ignore[attr-defined]
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        items = self.items
        return super().get_context_data(**kwargs) | {
            "is_shown": items is not None,
            "going": _table([item for item in items or [] if not item.stays], "What goes over"),
            "staying": _table([item for item in items or [] if item.stays], "What stays, and why"),
        }

    def get_success_url(self) -> str:
        return reverse("fleet:grant-detail", args=[self.row.pk])


def _table(items: list[Item], caption: str) -> Table:
    columns = [
        Column(key="kind", title="What"),
        Column(key="what", title="Which", link=lambda item: item.url),
    ]
    if any(item.stays for item in items):
        columns.append(Column(key="stays", title="Why"))
    return Table(columns=columns, rows=items, caption=caption)
