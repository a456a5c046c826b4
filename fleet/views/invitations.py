"""Invitations: whom to which role, sent, renewed and withdrawn by those who manage access."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from fleet.filters import InvitationFilter
from fleet.forms.access import InviteForm
from fleet.models import Invitation
from fleet.services import mail
from fleet.services.grants import MANAGE
from fleet.services.invitation_mail import link_path
from fleet.services.invitations import invite, renew, withdraw_invitation
from fleet.tasks import mail_invitation, post_mail
from fleet.views.facts import FactsForm, ObjectPage, VerbPage
from fleet.views.shown import Section, link
from fleet.vocabulary import InvitationState
from fleet.web import status, text
from fleet.web.forms import GovukForm
from fleet.web.lists import ListPage
from fleet.web.parts import SummaryRow
from fleet.web.requests import signed_in
from fleet.web.tables import Column, to


def sites_of(row: Any) -> str:
    """Of an invitation or a grant, by name."""
    return ", ".join(site.name for site in row.sites.all()) or "All"


def site_codes_of(row: Any) -> list[str]:
    return [site.code for site in row.sites.all()]


def state_tag(invitation: Invitation) -> Any:
    state = InvitationState(invitation.shown_state)
    return status.tag(state, state.label)


class InvitationList(ListPage):
    model = Invitation
    filterset_class = InvitationFilter
    heading = "Invitations"
    nouns = ("invitation", "invitations")
    default_sort = "-invited_at"
    permissions = ("access.view",)
    template_name = "fleet/facts_list.html"
    empty_text = "Invite the people who will use Tranche: each gets a link by which they accept their role."
    columns = (
        Column(key="email", title="Email address", link=to("fleet:invitation-detail")),
        Column(key="name", title="Name", empty="Not given"),
        Column(key="role", title="Role", value="role.name", csv="role__key"),
        Column(
            key="organisation",
            title="Organisation",
            value="organisation.name",
            csv="organisation__code",
        ),
        Column(key="sites", title="Sites", value=sites_of, csv=site_codes_of),
        Column(key="state", title="State", value=state_tag, csv=lambda invitation: invitation.shown_state),
        Column(key="invited_at", title="Invited"),
        Column(
            key="invited_by",
            title="By",
            value="invited_by",
            csv="invited_by__email",
            empty="A command",
        ),
        Column(key="expires_at", title="Link works until"),
    )

    def get_queryset(self) -> QuerySet[Invitation]:
        rows = super().get_queryset().select_related("role", "organisation", "invited_by")
        return rows.prefetch_related("sites")

    def get_context_data(self) -> dict[str, Any]:
        return super().get_context_data() | invite_link(self.request)


def invite_link(request: HttpRequest) -> dict[str, str]:
    """For a list's page: the button that invites, for those who manage access somewhere."""
    if not signed_in(request).access.whole_organisation_ids(MANAGE):
        return {}
    return {"add_url": reverse("fleet:invitation-send"), "add_text": "Invite somebody"}


class InvitationPage(ObjectPage):
    model = Invitation
    change_permission = MANAGE
    template_name = "fleet/invitation_detail.html"

    def get_queryset(self) -> QuerySet[Invitation]:
        return super().get_queryset().select_related("role", "organisation", "staff_member", "invited_by")

    def context(self, row: Invitation) -> dict[str, Any]:
        user = signed_in(self.request)
        is_pending = row.state == InvitationState.PENDING
        may_manage = row.organisation_id in user.access.whole_organisation_ids(MANAGE)
        return {
            "heading": row.email,
            "waits_for_mail": row.is_open and row.mailed_at is None and mail.is_sent(),
            "sections": [_asked(row, self), _course(row)],
            "may_change": is_pending and may_manage,
        }


def _asked(row: Invitation, page: InvitationPage) -> Section:
    by = signed_in(page.request)
    return Section(
        "Invited to",
        [
            SummaryRow("Role", row.role.name),
            SummaryRow("Organisation", row.organisation.name),
            SummaryRow("Sites", sites_of(row)),
            SummaryRow("Last day of the role", text.shown(row.ends_on, "No end")),
            SummaryRow("On the staff list", link("person", row.staff_member, by, "Not said")),
            SummaryRow("Name", row.name or "Not given"),
        ],
    )


def _course(row: Invitation) -> Section:
    times = (
        ("Mailed", row.mailed_at),
        ("Accepted", row.accepted_at),
        ("Withdrawn", row.withdrawn_at),
    )
    return Section(
        "Course",
        [
            SummaryRow("State", state_tag(row)),
            SummaryRow("Invited", f"{text.moment(row.invited_at)} by {row.invited_by or 'a command'}"),
            *(SummaryRow(key, text.moment(at)) for key, at in times if at),
            *([SummaryRow("Link works until", text.moment(row.expires_at))] if row.is_open else []),
        ],
    )


class SendsLink:
    """Has the link mailed; where no mail is sent, shows it on the page that answers the form."""

    request: HttpRequest

    def sent(self, invitation: Invitation, secret: str) -> HttpResponse:
        if not mail.is_sent():
            context = {"invitation": invitation, "address": mail.address(link_path(secret))}
            return render(self.request, "fleet/invitation_link.html", context)
        post_mail(mail_invitation, invitation.pk)
        messages.success(self.request, f"The invitation is on its way to {invitation.email}.")
        return redirect("fleet:invitation-detail", pk=invitation.pk)


@method_decorator(never_cache, name="dispatch")
class Invite(SendsLink, FactsForm):
    form_class = InviteForm
    heading = "Invite somebody"
    submit = "Invite"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not signed_in(request).access.whole_organisation_ids(MANAGE):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": signed_in(self.request)}

    def answer(self, data: dict[str, Any]) -> HttpResponse:
        return self.sent(*invite(by=signed_in(self.request), **data))

    def get_success_url(self) -> str:
        return reverse("fleet:invitation-list")


class InvitationVerb(VerbPage):
    """For those who manage access in the whole organisation of the invitation."""

    model = Invitation
    form_class = GovukForm
    permission = MANAGE

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        managed = signed_in(request).access.whole_organisation_ids(MANAGE)
        if self.row.organisation_id not in managed:
            raise Http404
        return super().dispatch(request, *args, **kwargs)


@method_decorator(never_cache, name="dispatch")
class RenewInvitation(SendsLink, InvitationVerb):
    heading = "Send this invitation again"
    template_name = "fleet/invitation_renew.html"

    def answer(self, data: dict[str, Any]) -> HttpResponse:
        secret = renew(invitation=self.row, by=signed_in(self.request))
        return self.sent(self.row, secret)


class WithdrawInvitation(InvitationVerb):
    heading = "Withdraw this invitation"
    template_name = "fleet/invitation_withdraw.html"

    def do(self, data: dict[str, Any]) -> str:
        withdraw_invitation(invitation=self.row, by=signed_in(self.request))
        return f"The invitation of {self.row.email} is withdrawn. Its link no longer works."
