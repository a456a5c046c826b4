"""Inviting and accepting: by whom, for whom, once, and nothing granted until then."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import Grant, Invitation, Organisation, User
from fleet.services.accepting import accept, accept_as_new, open_invitation
from fleet.services.grants import end_of, end_role
from fleet.services.invitations import invite, renew, withdraw_invitation
from fleet.tasks import mail_invitation
from tests.factories import (
    GrantFactory,
    InvitationFactory,
    RoleFactory,
    SiteFactory,
    StaffMemberFactory,
    UserFactory,
    shipped_role,
)
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


def held_by(email: str) -> list[tuple[str, str]]:
    grants = Grant.objects.in_force().filter(user__email=email).order_by("role__key")
    return list(grants.values_list("role__key", "organisation__code"))


def invited(by: User, email: str = "new@dept.example", role: str = "engineer", **more: Any) -> Any:
    organisation = by.grants.get().organisation
    return invite(email=email, role=shipped_role(role), organisation=organisation, by=by, **more)


def opened(secret: str, client: Client | None = None) -> tuple[Client, str]:
    """A browser in which the link was followed, and what it shows."""
    client = client or Client()
    answer = client.get(reverse("fleet:invitation-open", args=[secret]), follow=True)
    return client, answer.content.decode()


def test_somebody_new_makes_an_account_and_holds_the_role(it_manager: User) -> None:
    site = SiteFactory(organisation=it_manager.grants.get().organisation)
    day = timezone.localdate() + timedelta(days=30)
    _, secret = invited(it_manager, "New@dept.example", sites=[site], ends_on=day)
    assert held_by("new@dept.example") == []
    client, page = opened(secret)
    assert "Make your account" in page
    data = {"name": "New Person", "password": PASSWORD, "again": PASSWORD}
    answer = client.post(reverse("fleet:invitation-accept"), data, follow=True)
    assert "You are Engineer in" in answer.content.decode()
    user = User.objects.get(email="new@dept.example")
    assert (user.name, user.check_password(PASSWORD)) == ("New Person", True)
    grant = user.grants.get()
    assert ([*grant.sites.all()], grant.ends_at, grant.given_by) == ([site], end_of(day), it_manager)
    assert client.get(reverse("fleet:device-list")).status_code == 200


def test_a_link_works_once(it_manager: User) -> None:
    invitation, secret = invited(it_manager)
    accept_as_new(invitation=invitation, name="New", password=PASSWORD)
    assert open_invitation(secret) is None
    with pytest.raises(Conflict):
        accept(invitation=invitation, user=User.objects.get(email="new@dept.example"))
    client, page = opened(secret)
    assert "This link no longer works" in page
    assert client.get(reverse("fleet:invitation-accept")).status_code == 404
    assert Grant.objects.filter(user__email="new@dept.example").count() == 1


def test_somebody_with_an_account_signs_in_and_confirms(it_manager: User, client_of: Any) -> None:
    user = UserFactory(email="old@dept.example")
    _, secret = invited(it_manager, "OLD@dept.example", "auditor")
    client, page = opened(secret)
    assert "You have an account already" in page
    client.post(reverse("fleet:invitation-accept"), {"name": "X", "password": PASSWORD, "again": PASSWORD})
    assert held_by("old@dept.example") == []
    client, page = opened(secret, client_of(user))
    assert "Make your account" not in page
    client.post(reverse("fleet:invitation-accept"))
    assert held_by("old@dept.example") == [("auditor", "DEPT")]
    assert User.objects.filter(email__iexact="old@dept.example").count() == 1


def test_only_the_invited_address_accepts(it_manager: User, engineer: User, client_of: Any) -> None:
    UserFactory(email="old@dept.example")
    invitation, secret = invited(it_manager, "old@dept.example", "auditor")
    client, page = opened(secret, client_of(engineer))
    assert "this invitation is for old@dept.example" in page
    client.post(reverse("fleet:invitation-accept"))
    with pytest.raises(Forbidden):
        accept(invitation=invitation, user=engineer)
    assert held_by(engineer.email) == [("engineer", "DEPT")]
    assert open_invitation(secret) == invitation


def test_an_invitation_expires_after_fourteen_days_and_can_be_renewed(it_manager: User) -> None:
    invitation, secret = invited(it_manager)
    with time_machine.travel(timezone.now() + timedelta(days=14, minutes=1), tick=False):
        assert invitation.shown_state == "expired"
        with pytest.raises(Conflict):
            accept_as_new(invitation=invitation, name="New", password=PASSWORD)
        newer = renew(invitation=invitation, by=it_manager)
        assert open_invitation(secret) is None
        assert open_invitation(newer) == invitation
    assert not User.objects.filter(email="new@dept.example").exists()


def test_a_withdrawn_invitation_opens_nothing(it_manager: User) -> None:
    invitation, secret = invited(it_manager)
    withdraw_invitation(invitation=invitation, by=it_manager)
    assert open_invitation(secret) is None
    for verb in (withdraw_invitation, renew):
        with pytest.raises(Conflict, match="accepted or withdrawn"):
            verb(invitation=invitation, by=it_manager)
    assert invited(it_manager)[0].state == "pending"


def test_an_invitation_falls_with_the_right_to_give_the_role(
    it_manager: User, department: Organisation
) -> None:
    other = GrantFactory(organisation=department)
    invitation, _ = invite(
        email="x@dept.example", role=shipped_role("engineer"), organisation=department, by=other.user
    )
    end_role(grant=other, by=it_manager)
    with pytest.raises(Conflict, match="no longer gives roles"):
        accept_as_new(invitation=Invitation.objects.get(pk=invitation.pk), name="X", password=PASSWORD)
    assert not User.objects.filter(email="x@dept.example").exists()


@pytest.mark.parametrize("name", ["auditor", "engineer", "mdm_administrator", "stranger"])
def test_nobody_invites_without_managing_access_there(
    name: str, department: Organisation, request: pytest.FixtureRequest
) -> None:
    by: User = request.getfixturevalue(name)
    with pytest.raises(Forbidden):
        invite(email=by.email, role=shipped_role("it-manager"), organisation=department, by=by)
    assert not Invitation.objects.exists()


def test_who_manages_some_sites_cannot_invite_to_all(department: Organisation, client_of: Any) -> None:
    user = UserFactory()
    GrantFactory(user=user, organisation=department, sites=[SiteFactory(organisation=department)])
    with pytest.raises(Forbidden):
        invite(email=user.email, role=shipped_role("auditor"), organisation=department, by=user)
    invitation = InvitationFactory(organisation=department)
    for verb in ("renew", "withdraw"):
        url = reverse(f"fleet:invitation-{verb}", args=[invitation.pk])
        assert client_of(user).post(url).status_code == 404


def test_what_is_wrong_is_named(it_manager: User, council: Organisation) -> None:
    theirs = RoleFactory(organisation=council)
    organisation = it_manager.grants.get().organisation
    UserFactory(email="gone@dept.example", is_active=False)
    linked = StaffMemberFactory(organisation=organisation, user=UserFactory())
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("email", {"email": "gone@dept.example"}),
        ("email", {"email": "nobody"}),
        ("role", {"role": theirs}),
        ("sites", {"sites": [SiteFactory(organisation=council)]}),
        ("ends_on", {"ends_on": timezone.localdate() - timedelta(days=1)}),
        ("staff_member", {"staff_member": StaffMemberFactory(organisation=council)}),
        ("staff_member", {"staff_member": linked}),
    ]
    for field, values in wrong:
        given = {"email": "new@dept.example", "role": shipped_role("engineer"), **values}
        with pytest.raises(Invalid) as refused:
            invite(organisation=organisation, by=it_manager, **given)
        assert refused.value.field == field


def test_a_role_is_held_and_an_invitation_pending_once(it_manager: User, engineer: User) -> None:
    with pytest.raises(Conflict, match="already"):
        invited(it_manager, engineer.email)
    invited(it_manager, "new@dept.example")
    with pytest.raises(Conflict, match="Send that one again"):
        invited(it_manager, "NEW@dept.example")
    end_role(grant=engineer.grants.get(), by=it_manager)
    invitation, _ = invited(it_manager, engineer.email)
    accept(invitation=invitation, user=User.objects.get(pk=engineer.pk))
    assert held_by(engineer.email) == [("engineer", "DEPT")]


def test_the_account_is_linked_to_the_member_of_staff(it_manager: User, department: Organisation) -> None:
    person = StaffMemberFactory(organisation=department)
    invitation, _ = invited(it_manager, staff_member=person)
    grant = accept_as_new(invitation=invitation, name="New", password=PASSWORD)
    person.refresh_from_db()
    assert person.user == grant.user


def test_a_weak_or_mistyped_password_is_refused(it_manager: User) -> None:
    client, _ = opened(invited(it_manager)[1])
    url = reverse("fleet:invitation-accept")
    weak = client.post(url, {"name": "New", "password": "12345", "again": "12345"})
    assert "too short" in weak.content.decode()
    unlike = client.post(url, {"name": "New", "password": PASSWORD, "again": "other"})
    assert "The two passwords are not the same" in unlike.content.decode()
    assert not User.objects.filter(email="new@dept.example").exists()


@pytest.fixture
def no_mail(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any) -> Any:
    """What is done in it, and the mail of it sent as a worker would."""

    def sent_by(call: Any) -> Any:
        monkeypatch.setattr(mail_invitation, "apply_async", lambda args, **_: mail_invitation(*args))
        with django_capture_on_commit_callbacks(execute=True):
            return call()

    return sent_by


def test_the_link_is_mailed_and_opens_the_invitation(
    it_manager: User, client_of: Any, posted: Any, mailoutbox: Any
) -> None:
    client = client_of(it_manager)
    data = {
        "email": "new@dept.example",
        "organisation": it_manager.grants.get().organisation_id,
        "role": shipped_role("engineer").pk,
    }
    answer = posted(lambda: client.post(reverse("fleet:invitation-send"), data, follow=True))
    assert "on its way to new@dept.example" in answer.content.decode()
    [message] = mailoutbox
    assert message.to == ["new@dept.example"]
    [secret] = re.findall(r"/invitation/([\w-]+)/", message.body)
    assert secret not in answer.content.decode()
    assert "Make your account" in opened(secret)[1]
    invitation = Invitation.objects.get()
    assert invitation.mailed_at
    posted(lambda: client.post(reverse("fleet:invitation-renew", args=[invitation.pk])))
    assert len(mailoutbox) == 2
    assert open_invitation(secret) is None


def test_a_mail_is_sent_once(it_manager: User, mailoutbox: Any) -> None:
    invitation, _ = invited(it_manager)
    for _ in range(2):
        mail_invitation(invitation.pk)
    assert len(mailoutbox) == 1
    withdrawn = InvitationFactory(withdrawn=True)
    mail_invitation(withdrawn.pk)
    assert len(mailoutbox) == 1


def test_the_page_shows_the_link_once(it_manager: User, client_of: Any, no_mail: None) -> None:
    client = client_of(it_manager)
    data = {
        "email": "new@dept.example",
        "organisation": it_manager.grants.get().organisation_id,
        "role": shipped_role("engineer").pk,
    }
    answer = client.post(reverse("fleet:invitation-send"), data)
    assert "no-store" in answer["Cache-Control"]
    invitation = Invitation.objects.get()
    secret = answer.context["address"].rstrip("/").rpartition("/")[2]
    assert open_invitation(secret) == invitation
    for url in (
        reverse("fleet:invitation-list"),
        reverse("fleet:invitation-detail", args=[invitation.pk]),
        reverse("fleet:change-log") + "?kind=invitations",
    ):
        page = client.get(url).content.decode()
        assert "new@dept.example" in page
        assert secret not in page
        assert invitation.digest not in page


def test_sites_are_named_by_code(it_manager: User, department: Organisation, client_of: Any) -> None:
    site = SiteFactory(organisation=department, code="NORTH")
    data = {
        "email": "lead@dept.example",
        "organisation": department.pk,
        "role": shipped_role("site-lead").pk,
        "sites": "NORTH, SOUTH",
    }
    url = reverse("fleet:invitation-send")
    assert "No site has the code SOUTH" in client_of(it_manager).post(url, data).content.decode()
    client_of(it_manager).post(url, data | {"sites": "north"})
    assert [*Invitation.objects.get().sites.all()] == [site]


def test_the_api_invites_renews_and_withdraws(
    it_manager: User, department: Organisation, api_of: Any, no_mail: None
) -> None:
    api = api_of(it_manager)
    SiteFactory(organisation=department, code="NORTH")
    asked = {"email": "lead@dept.example", "role": "site-lead", "organisation": "DEPT", "sites": ["north"]}
    sent = api.post("/api/v1/invitations/", asked)
    assert (sent.status_code, sent.data["sites"], sent.data["state"]) == (201, ["NORTH"], "pending")
    assert api.post("/api/v1/invitations/", asked).status_code == 409
    url = f"/api/v1/invitations/{sent.data['id']}/"
    assert "link" not in api.get(url).data
    assert api.post(f"{url}renew/").data["link"] != sent.data["link"]
    assert api.post(f"{url}withdraw/").data["state"] == "withdrawn"
    assert api.post(f"{url}withdraw/").status_code == 409


def test_the_api_invites_only_where_one_manages_access(
    department: Organisation, auditor: User, stranger: User, api_of: Any
) -> None:
    asked = {"email": "x@dept.example", "role": "it-manager", "organisation": "DEPT"}
    assert api_of(auditor).post("/api/v1/invitations/", asked).status_code == 403
    refused = api_of(stranger).post("/api/v1/invitations/", asked)
    assert (refused.status_code, refused.data["errors"][0]["field"]) == (400, "organisation")
    assert not Invitation.objects.exists()


def test_lists_take_the_same_queries_for_one_and_fifty(
    it_manager: User, department: Organisation, client_of: Any, api_of: Any
) -> None:
    page, api = client_of(it_manager), api_of(it_manager)
    InvitationFactory(organisation=department)
    urls = ((page, reverse("fleet:invitation-list")), (api, reverse("api-invitation-list")))
    before = [queries_of(client, url) for client, url in urls]
    InvitationFactory.create_batch(50, organisation=department)
    assert [queries_of(client, url) for client, url in urls] == before


def test_a_mail_that_has_not_gone_out_is_no_trouble_yet(
    it_manager: User, department: Organisation, client_of: Any
) -> None:
    sent = InvitationFactory(organisation=department, mailed_at=None)
    page = client_of(it_manager).get(reverse("fleet:invitation-detail", args=[sent.pk])).content.decode()
    assert "That takes a few seconds: load this page again." in page


def test_the_list_narrows_by_state(it_manager: User, department: Organisation, client_of: Any) -> None:
    states = {
        "pending": InvitationFactory(organisation=department),
        "expired": InvitationFactory(organisation=department, expired=True),
        "accepted": InvitationFactory(organisation=department, accepted=True),
        "withdrawn": InvitationFactory(organisation=department, withdrawn=True),
    }
    for state, invitation in states.items():
        answer = client_of(it_manager).get(
            reverse("fleet:invitation-list"), {"state": state, "format": "csv"}
        )
        [_, row] = b"".join(answer.streaming_content).decode().splitlines()
        assert row.startswith(invitation.email)
        assert f",{state}," in row
