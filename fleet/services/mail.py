"""Mail to one person, as plain text. Only tasks send it, so that no page waits for a mail server."""

from __future__ import annotations

from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from fleet.errors import FleetError
from fleet.models import Organisation

SERVICE = "Tranche"
# Replies of a mail server from this on do not change when asked again (RFC 5321, 4.2.1).
PERMANENT = 500


class MailNotSent(FleetError):
    """The mail server would not take it. Only the kind of trouble is named: addresses stay out of logs."""


class AddressRefused(MailNotSent):
    """The mail server is well and will not deliver to this address: trying again does not help."""


def is_sent() -> bool:
    """Whether mail reaches people; without EMAIL_URL it is only written to a log."""
    return not any(f".{name}." in settings.EMAIL_BACKEND for name in ("console", "dummy"))


def address(path: str) -> str:
    """The whole address of a page, for a mail: from BASE_URL, never from what a request says of its host."""
    return f"{settings.BASE_URL}{path}"


def send(
    template: str,
    *,
    to: str,
    organisation: Organisation | None = None,
    headers: dict[str, str] | None = None,
    connection: Any = None,
    **context: object,
) -> None:
    """Send `templates/mail/<template>.txt`, which extends `mail/base.txt`: its first line is the subject.

    The text is signed with the name of the service, and of the organisation on whose behalf it is sent.
    `connection` is an open one, where many are sent. Raises MailNotSent.
    """
    service = f"{SERVICE}, {organisation.name}" if organisation else SERVICE
    shown = {"service": service, "base_url": settings.BASE_URL, **context}
    subject, _, body = render_to_string(f"mail/{template}.txt", shown).strip().partition("\n")
    message = EmailMessage(
        subject=subject.strip(), body=body.strip() + "\n", to=[to], headers=headers, connection=connection
    )
    try:
        message.send()
    except SMTPRecipientsRefused as error:
        is_final = all(code >= PERMANENT for code, _ in error.recipients.values())
        raise (AddressRefused if is_final else MailNotSent)(type(error).__name__) from None
    except (SMTPException, OSError) as error:
        raise MailNotSent(type(error).__name__) from None
