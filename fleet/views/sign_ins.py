"""The book at the door, for auditors and those who manage access, and everybody's own page of it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from fleet.filters import OwnSignInFilter, SignInFilter
from fleet.models import SignInEvent
from fleet.web.lists import ListPage
from fleet.web.requests import signed_in
from fleet.web.tables import Column

AT = Column(key="at", title="When")
WHAT = (
    Column(key="outcome", title="Outcome", is_status=True),
    Column(key="method", title="How", empty="–"),
    Column(key="ip_address", title="IP address", empty="Not known"),
    Column(key="browser", title="Browser", empty="Not known"),
    Column(key="by", title="Ended by", csv="by__email", empty="–"),
)
WHO = (
    Column(key="name", title="Who", value="user", csv="user__name", empty="No account"),
    Column(key="email", title="Email address", value="user.email", empty="Not kept"),
)


class SignInList(ListPage):
    model = SignInEvent
    filterset_class = SignInFilter
    heading = "Sign-ins"
    nouns = ("sign-in", "sign-ins")
    default_sort = "-at"
    permissions = ("access.view",)
    empty_text = "Each try to sign in appears here, with what came of it."
    columns = (AT, *WHO, *WHAT)

    def get_queryset(self) -> QuerySet[SignInEvent]:
        return super().get_queryset().select_related("user", "by")


class OwnSignInList(ListPage):
    model = SignInEvent
    filterset_class = OwnSignInFilter
    heading = "Your sign-ins"
    nouns = ("sign-in", "sign-ins")
    default_sort = "-at"
    template_name = "fleet/own_sign_ins.html"
    columns = (AT, *WHAT)

    def get_queryset(self) -> QuerySet[Any]:
        return SignInEvent.objects.filter(user=signed_in(self.request)).select_related("by")
