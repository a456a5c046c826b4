"""What is done to an MDM source: added, changed, switched off and on, given tokens that are shown once."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from fleet.forms.mdm import NewSourceForm, SourceForm
from fleet.mdm.sources import (
    OVERLAP,
    change_source,
    create_source,
    revoke_token,
    rotate_token,
    set_active,
)
from fleet.models import MdmSource
from fleet.views.facts import FactsForm, VerbPage
from fleet.views.mdm.tokens import show_secret
from fleet.web.forms import GovukForm
from fleet.web.requests import signed_in


@method_decorator(never_cache, name="dispatch")
class AddSource(FactsForm):
    form_class = NewSourceForm
    permission = "mdm.manage"
    heading = "Add an MDM source"
    submit = "Add and show its token"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not signed_in(request).access.whole_organisation_ids(self.permission):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": signed_in(self.request)}

    def answer(self, data: dict[str, Any]) -> HttpResponse:
        source, secret = create_source(by=signed_in(self.request), **data)
        if not secret:
            return redirect("fleet:source-detail", source.pk)
        return show_secret(self.request, source, secret)

    def get_success_url(self) -> str:
        return reverse("fleet:source-list")


class EditSource(VerbPage):
    model = MdmSource
    permission = "mdm.manage"
    form_class = SourceForm
    heading = "Change the source"

    def get_initial(self) -> dict[str, Any]:
        names = ("name", "silent_after_hours", "auth", "auth_header", "oidc_audience", "oidc_email")
        return {name: getattr(self.row, name) for name in names}

    def do(self, data: dict[str, Any]) -> str:
        change_source(source=self.row, **data)
        return f"{self.row} is changed."


class SourceVerb(VerbPage):
    """A question with its consequence."""

    model = MdmSource
    permission = "mdm.manage"
    form_class = GovukForm
    template_name = "fleet/mdm_source_verb.html"
    consequence: ClassVar[str]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"consequence": self.consequence, "verb": self.submit}


@method_decorator(never_cache, name="dispatch")
class RotateToken(SourceVerb):
    heading = submit = "Make a new token"
    consequence = (
        f"The tokens in use keep working for {OVERLAP.days} days, so that the sender can be changed "
        "without a gap."
    )

    def answer(self, data: dict[str, Any]) -> HttpResponse:
        secret = rotate_token(source=self.row, by=signed_in(self.request))
        return show_secret(self.request, self.row, secret)


class RevokeToken(SourceVerb):
    heading = submit = "Revoke the token"
    consequence = (
        "Whatever sends this token is refused from now on. It cannot be undone; you can make another."
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"name": f"{self.row}, {self.token}"}

    @property
    def token(self) -> Any:
        return get_object_or_404(self.row.tokens, pk=self.kwargs["token"])

    def do(self, data: dict[str, Any]) -> str:
        token = self.token
        revoke_token(token=token)
        return f"The token {token} no longer works."


class SwitchOff(SourceVerb):
    heading = submit = "Switch the source off"
    consequence = "Every push of this source is refused until you switch it on again."

    def do(self, data: dict[str, Any]) -> str:
        set_active(source=self.row, is_active=False)
        return f"{self.row} is switched off."


class SwitchOn(SourceVerb):
    heading = submit = "Switch the source on"
    consequence = "Pushes with its tokens are taken again."

    def do(self, data: dict[str, Any]) -> str:
        set_active(source=self.row, is_active=True)
        return f"{self.row} is switched on."
