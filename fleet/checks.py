"""What `manage.py check --deploy` says of the settings that mail stands on."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register

TRIAL_BACKENDS = ("console", "filebased", "dummy", "locmem")


@register(Tags.security, deploy=True)
def check_mail(**_: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if not settings.BASE_URL.startswith("https://"):
        hint = "Set BASE_URL to where people reach the service, such as https://tranche.example.gov.uk"
        found.append(Warning("Links in mail do not lead to an https:// address.", hint=hint, id="fleet.W001"))
    if any(f".{name}." in settings.EMAIL_BACKEND for name in TRIAL_BACKENDS):
        hint = "Set EMAIL_URL to a mail server, such as smtp+tls://user:password@host:587"
        found.append(Warning("No mail is sent.", hint=hint, id="fleet.W002"))
    return found
