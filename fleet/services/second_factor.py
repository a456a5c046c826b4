"""The second factor: an authenticator app's code beside the password, and recovery codes for a lost phone."""

from __future__ import annotations

import logging
import secrets

import pyotp
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import Grant, RecoveryCode, SecondFactor, User
from fleet.models.tokens import token_digest
from fleet.services.mail import SERVICE
from fleet.services.sealing import Unreadable, seal, unseal
from fleet.services.sessions import check_may_help, end_sessions
from fleet.vocabulary import SignInMethod

log = logging.getLogger(__name__)

STEP_SECONDS = 30
# The code before and the one after are taken too: clocks differ.
DRIFT_STEPS = (0, -1, 1)
RECOVERY_CODES = 10
# Without those that read like another; sixteen of them are 79 random bits.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP_LENGTH = 4, 4


def of(user: User) -> SecondFactor | None:
    return SecondFactor.objects.filter(user=user).first()


def new_secret() -> str:
    """160 random bits in base 32, as authenticator apps take them."""
    return pyotp.random_base32()


def app_address(secret: str, user: User) -> str:
    """The otpauth:// address that the QR code holds."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name=SERVICE)


@transaction.atomic
def set_up(*, user: User, secret: str, code: str) -> list[str]:
    """Turn the second factor on, proved by a code of the app; gives the recovery codes, to be shown once.

    Raises Invalid (field `code`) where the code is not the app's, Conflict where there is one already.
    """
    step = _step_of(secret, code)
    if step is None:
        raise Invalid(
            "That is not the code that the app shows now. Check the time of your phone and try again",
            field="code",
        )
    factor, is_new = SecondFactor.objects.get_or_create(
        user=user, defaults={"secret": seal(secret), "last_step": step}
    )
    if not is_new:
        raise Conflict("Your second factor is on already. Turn it off first to use another phone.")
    return _make_codes(factor)


def take(factor: SecondFactor, code: str) -> SignInMethod | None:
    """The kind of code that this is, which lets its person in once and never again; None where it is none."""
    typed = _bare(code)
    if typed.isdecimal():
        return SignInMethod.CODE if _take_app_code(factor, typed) else None
    found = factor.recovery_codes.filter(digest=token_digest(typed), used_at=None)
    return SignInMethod.RECOVERY if found.update(used_at=timezone.now()) else None


def codes_left(factor: SecondFactor) -> int:
    return factor.recovery_codes.filter(used_at=None).count()


@transaction.atomic
def renew_codes(*, factor: SecondFactor) -> list[str]:
    """New recovery codes, to be shown once; the old ones no longer work."""
    factor.recovery_codes.all().delete()
    return _make_codes(factor)


def turn_off(*, user: User) -> None:
    """Raises Forbidden where a role of the person's asks for it, Conflict where it is off already."""
    if user.access.requires_second_factor:
        raise Forbidden("A role of yours asks for a second factor, so it cannot be turned off.")
    if not SecondFactor.objects.filter(user=user).delete()[0]:
        raise Conflict("Your second factor is off already.")


@transaction.atomic
def reset_of_holder(*, grant: Grant, by: User) -> None:
    """Turn off the second factor of somebody who holds a role, for one who has lost phone and codes.

    Their sessions end: one may be on the phone. Raises Forbidden where `by` does not manage access there,
    Conflict where the role has ended or there is none to turn off.
    """
    check_may_help(grant=grant, by=by)
    if not SecondFactor.objects.filter(user=grant.user).delete()[0]:
        raise Conflict(f"{grant.user} has no second factor.")
    end_sessions(user=grant.user, by=by)


def _take_app_code(factor: SecondFactor, code: str) -> bool:
    try:
        step = _step_of(unseal(factor.secret), code)
    except Unreadable:
        log.error("A second factor cannot be read, since SECRET_KEY has changed: see SECRET_KEY_FALLBACKS.")
        return False
    if step is None:
        return False
    # of two who send the same code at once, one is let in
    later = SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step)
    return bool(later.update(last_step=step))


def _step_of(secret: str, code: str) -> int | None:
    """The half-minute, close to now, whose code this is."""
    now = int(timezone.now().timestamp()) // STEP_SECONDS
    app, typed = pyotp.TOTP(secret), _bare(code)
    steps = (now + drift for drift in DRIFT_STEPS)
    return next((step for step in steps if constant_time_compare(app.generate_otp(step), typed)), None)


def _make_codes(factor: SecondFactor) -> list[str]:
    codes = ["-".join(_group() for _ in range(GROUPS)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(second_factor=factor, digest=token_digest(_bare(code))) for code in codes
    )
    return codes


def _group() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH))


def _bare(code: str) -> str:
    """As it is kept, however it was typed."""
    return code.replace(" ", "").replace("-", "").lower()
