"""Mail about one's own account: the link that sets a password, and word of each change that opens doors."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from fleet.models import Organisation, User
from fleet.services import mail

NOTICES = (
    "password_changed",
    "second_factor_on",
    "second_factor_off",
    "second_factor_reset",
    "recovery_codes_renewed",
    "recovery_code_used",
)


def send_reset_link(user_id: int) -> None:
    """The link is made here, so that it stands in no queue. No mail where nobody has this id any more."""
    if not (user := User.objects.filter(pk=user_id, is_active=True).first()):
        return
    key = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("fleet:password-set", args=[key, default_token_generator.make_token(user)])
    until = timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    _send("password_reset", user, url=mail.address(path), until=until)


def send(notice: str, user_id: int) -> None:
    """Tell a person of a change to their account. `notice` is one of `NOTICES`."""
    assert notice in NOTICES
    user = User.objects.get(pk=user_id)
    _send(notice, user, at=timezone.now(), account_url=mail.address(reverse("fleet:account")))


def _send(template: str, user: User, **context: Any) -> None:
    organisations = Organisation.objects.visible_to(user)[:2]
    only = organisations[0] if len(organisations) == 1 else None
    mail.send(template, to=user.email, organisation=only, **context)
