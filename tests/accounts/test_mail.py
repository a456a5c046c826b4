"""A mail leads to the service's own address, reads as plain text, and its failure names nobody."""

from __future__ import annotations

import smtplib
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.checks import run_checks
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from fleet.models import Organisation
from fleet.services import mail


class RefusingBackend(EmailBackend):
    """What a mail server does with an address that it does not know."""

    def send_messages(self, messages: Any) -> int:
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"No such user")})


def send(department: Organisation, url: str = "/x/") -> None:
    facts: dict[str, Any] = {"url": mail.address(url), "until": timezone.now()}
    mail.send("password_reset", to="a@dept.example", organisation=department, **facts)


def test_the_first_line_is_the_subject_and_nothing_is_escaped(department: Organisation) -> None:
    department.name = "Bits & Pieces"
    send(department)
    [message] = outbox.outbox
    assert message.to == ["a@dept.example"]
    assert message.subject == "Set a new password for Tranche, Bits & Pieces"
    assert message.body.startswith("Somebody, most likely you")
    assert message.body.rstrip().endswith("Tranche, Bits & Pieces\nhttp://127.0.0.1:8000")


def test_links_begin_with_the_configured_address(department: Organisation, settings: Any) -> None:
    settings.BASE_URL = "https://tranche.example.gov.uk"
    send(department, "/password/reset/")
    assert "\nhttps://tranche.example.gov.uk/password/reset/\n" in outbox.outbox[0].body


def test_what_a_mail_server_refuses_is_reported_without_the_address(
    department: Organisation, settings: Any
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"
    with pytest.raises(mail.MailNotSent) as refused:
        send(department)
    assert str(refused.value) == "SMTPRecipientsRefused"
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


@pytest.mark.parametrize(
    ("base_url", "backend", "found"),
    [
        ("http://127.0.0.1:8000", "console", {"fleet.W001", "fleet.W002"}),
        ("https://tranche.example", "smtp", set()),
    ],
)
def test_a_deployment_without_mail_is_told(
    settings: Any, base_url: str, backend: str, found: set[str]
) -> None:
    settings.BASE_URL = base_url
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    said = {one.id for one in run_checks(include_deployment_checks=True) if one.id}
    assert {one for one in said if one.startswith("fleet.W00")} == found
