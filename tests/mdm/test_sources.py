"""Sources and their tokens: created, rotated with overlap, revoked."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from fleet.errors import Conflict, Invalid
from fleet.mdm import sources
from fleet.models import MdmSource, Organisation, SourceToken, User
from fleet.models.tokens import token_digest


def test_the_command_prints_slug_and_token_alone(department: Organisation) -> None:
    out = StringIO()
    call_command("create_mdm_source", organisation="DEPT", name="Tablets", kind="native", stdout=out)
    slug, secret = out.getvalue().splitlines()
    source = MdmSource.objects.get(slug=slug)
    assert source.organisation == department
    assert source.tokens.get().digest == token_digest(secret)
    assert secret.startswith("mdm_")


def test_the_command_says_which_organisations_there_are(department: Organisation) -> None:
    with pytest.raises(CommandError, match="DEPT"):
        call_command("create_mdm_source", organisation="NONE", name="Tablets", kind="native")


def test_a_name_is_taken_once(source: MdmSource, mdm_administrator: User) -> None:
    with pytest.raises(Invalid) as refusal:
        sources.create_source(
            organisation=source.organisation, name=source.name, kind="native", by=mdm_administrator
        )
    assert refusal.value.field == "name"


def test_slugs_of_like_names_differ(department: Organisation, council: Organisation) -> None:
    made = [
        sources.create_source(organisation=department, name=name, kind="native", by=None)[0].slug
        for name in ("Tablets", "tablets!", "TABLETS")
    ]
    assert len(set(made)) == 3


def test_rotation_leaves_an_overlap(source: MdmSource, mdm_administrator: User) -> None:
    old, _ = SourceToken.issue(source=source)
    secret = sources.rotate_token(source=source, by=mdm_administrator)
    old.refresh_from_db()
    assert old.is_live
    assert old.expires_at is not None
    assert old.expires_at <= timezone.now() + sources.OVERLAP
    assert source.tokens.get(digest=token_digest(secret)).expires_at is None


def test_a_token_is_revoked_once(source: MdmSource) -> None:
    token, _ = SourceToken.issue(source=source)
    sources.revoke_token(token=token)
    token.refresh_from_db()
    assert not token.is_live
    with pytest.raises(Conflict):
        sources.revoke_token(token=token)


def test_a_source_is_silent_after_its_time(source: MdmSource) -> None:
    long_ago = timezone.now() - timedelta(hours=source.silent_after_hours, minutes=1)
    assert source.is_silent(long_ago)
    assert not source.is_silent(timezone.now())
    assert not source.is_silent(None)  # created a moment ago
    source.is_active = False
    assert not source.is_silent(long_ago)
