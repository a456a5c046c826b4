"""Hooks over HTTP: how each kind of sender proves who it is, and the answers that it gets."""

from __future__ import annotations

import base64
import datetime as dt
import json
import logging
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.management import call_command
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import timezone

from fleet.mdm import housekeeping
from fleet.mdm.google import AWAY
from fleet.mdm.proving import signature
from fleet.mdm.sources import rotate_token
from fleet.models import Delivery, Device, MdmSource, SourceToken, User
from fleet.services.sealing import unseal_bytes
from tests.mdm.adapters.conftest import OIDC, Sender
from tests.mdm.adapters.test_jamf import IPAD, event

pytestmark = pytest.mark.django_db
ENROLLED = event("MobileDeviceEnrolled", IPAD)
BODY = json.dumps(ENROLLED).encode()
NONE = {"Authorization": ""}


def basic(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


def test_a_body_is_stored_as_it_came(sender: Callable[..., Sender]) -> None:
    response = sender("jamf").post(BODY)
    delivery = Delivery.objects.get()
    assert response.status_code == 202
    assert response["Location"].endswith(str(delivery.pk))
    assert zlib.decompress(delivery.body) == BODY


def test_each_way_of_proving_it(sender: Callable[..., Sender]) -> None:
    by_password = sender("jamf", way="basic")
    assert by_password.post(BODY).status_code == 401
    right = basic(by_password.source.slug, by_password.secret)
    assert by_password.post(BODY, Authorization=right).status_code == 202
    assert by_password.post(BODY, Authorization=basic("other", by_password.secret)).status_code == 401
    assert by_password.post(BODY, Authorization="Basic ???").status_code == 401
    by_header = sender("jamf", way="header", header="X-Tranche-Token")
    assert by_header.post(BODY).status_code == 401
    assert by_header.post(BODY, Authorization="", X_Tranche_Token=by_header.secret).status_code == 202
    in_path = sender("jamf", way="path")
    assert in_path.post(BODY).status_code == 401
    assert in_path.post(BODY, url=f"{in_path.address}/{in_path.secret}", Authorization="").status_code == 202
    assert in_path.post(BODY, url=f"{in_path.address}/{in_path.secret}x").status_code == 401


def test_a_secret_opens_its_own_source_alone(sender: Callable[..., Sender]) -> None:
    one, other = sender("jamf"), sender("jamf", way="basic")
    assert one.post(BODY, url=other.address).status_code == 401
    assert one.post(BODY, Authorization=f"Bearer {other.secret}").status_code == 401
    assert one.post(BODY, url="/api/v1/mdm/hooks/nobody").status_code == 401


def test_a_signature_is_checked_over_the_body_as_sent(sender: Callable[..., Sender]) -> None:
    nano = sender("jamf", way="hmac")
    assert nano.post(BODY, X_Hmac_Signature=signature(nano.secret, BODY)).status_code == 202
    refused = nano.post(BODY + b" ", X_Hmac_Signature=signature(nano.secret, BODY))
    assert refused.status_code == 401
    assert "X-Hmac-Signature" in refused.json()["detail"]
    assert nano.post(BODY).status_code == 401
    newer = rotate_token(source=nano.source, by=None)
    for key in (nano.secret, newer):
        assert nano.post(BODY, X_Hmac_Signature=signature(key, BODY)).status_code in {200, 202}
    assert nano.secret not in SourceToken.objects.order_by("pk").values_list("sealed", flat=True)[0]


def test_googles_word_is_taken_for_this_audience_and_account_alone(
    sender: Callable[..., Sender], google_keys: Callable[..., str]
) -> None:
    pubsub = sender("jamf", **OIDC)
    assert pubsub.secret == ""
    assert pubsub.post(BODY, Authorization=google_keys()).status_code == 202
    past = dt.datetime.now(dt.UTC) - dt.timedelta(hours=2)
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    for wrong, why in (
        (google_keys(aud="https://elsewhere.example"), "audience"),
        (google_keys(iss="https://issuer.example"), "issuer"),
        (google_keys(email="other@project.iam.gserviceaccount.com"), "account"),
        (google_keys(email_verified=False), "account"),
        (google_keys(exp=past), "time"),
        (google_keys(stranger), "key"),
        ("Bearer nonsense", "unreadable"),
        ("", "nothing"),
    ):
        MdmSource.objects.update(refusal="", refused_at=None)
        assert pubsub.post(BODY, Authorization=wrong).status_code == 401
        assert MdmSource.objects.get().refusal == why


def test_why_a_push_was_refused_is_kept_and_shown_until_one_is_taken(
    sender: Callable[..., Sender], mdm_administrator: User, client_of: Callable[..., Any]
) -> None:
    jamf, client = sender("jamf"), client_of(mdm_administrator)

    def page() -> str:
        return str(client.get(reverse("fleet:source-detail", args=[jamf.source.pk])).content.decode())

    assert jamf.post(BODY, Authorization="Bearer mdm_of-another").status_code == 401
    assert jamf.post(BODY, Authorization="").status_code == 401  # at once: one in five seconds is kept
    (row,) = client.get("/api/v1/mdm/sources/").json()["results"]
    assert row["refusal"] == "unknown"
    assert "The last push was refused" in page()
    assert "Give the sender the token again" in page()
    assert "mdm_of-another" not in page()
    source: Any = jamf.source
    assert not source.changes.filter(pgh_label="update").exists()
    SourceToken.objects.update(expires_at=timezone.now())
    MdmSource.objects.update(refused_at=timezone.now() - dt.timedelta(seconds=6))
    assert jamf.post(BODY).status_code == 401
    assert MdmSource.objects.get().refusal == "ended"
    SourceToken.objects.update(expires_at=None)
    assert jamf.post(BODY).status_code == 202
    assert "The last push was refused" not in page()
    assert "Last push refused" in page()


def test_without_googles_keys_the_sender_comes_again(
    sender: Callable[..., Sender], google_keys: Callable[..., str], settings: Any
) -> None:
    settings.GOOGLE_OIDC_KEYS_URL = "http://127.0.0.1:9/certs"
    assert sender("jamf", **OIDC).post(BODY, Authorization=google_keys()).status_code == 503


@pytest.mark.parametrize(
    "answer",
    [b"<html>Sign in to the proxy</html>", b"[]", b'{"keys": 7}', b'{"keys": []}', b'{"keys": [{}]}'],
)
def test_an_answer_that_is_no_set_of_googles_keys_is_no_refusal(
    sender: Callable[..., Sender], google_keys: Any, answer: bytes
) -> None:
    pubsub, token = sender("jamf", **OIDC), google_keys()
    google_keys.answer = answer
    response = pubsub.post(BODY, Authorization=token)
    assert (response.status_code, response.json()["detail"]) == (503, AWAY)
    assert MdmSource.objects.get().refusal == ""
    google_keys.answer = b""
    assert pubsub.post(BODY, Authorization=token).status_code == 202


def test_a_secret_in_the_address_is_never_logged(
    sender: Callable[..., Sender], caplog: pytest.LogCaptureFixture
) -> None:
    in_path = sender("jamf", way="path")
    caplog.set_level(logging.DEBUG)
    for body, url in ((BODY, ""), (b"{", ""), (BODY, "x"), (BODY, "/and/more")):
        response = in_path.post(body, url=f"{in_path.address}/{in_path.secret}{url}")
        assert in_path.secret not in response.content.decode() + str(response.headers)
    said = caplog.text + "".join(str(vars(record)) for record in caplog.records)
    assert "/api/v1/mdm/hooks/" in said
    assert in_path.secret not in said


def test_a_stopped_token_and_a_source_switched_off_say_so(sender: Callable[..., Sender]) -> None:
    jamf = sender("jamf")
    SourceToken.objects.update(revoked_at=dt.datetime.now(dt.UTC))
    assert jamf.post(BODY).status_code == 403
    SourceToken.objects.update(revoked_at=None)
    MdmSource.objects.update(is_active=False)
    assert jamf.post(BODY).status_code == 403


def test_a_sender_that_does_not_come_again_is_never_put_off(
    sender: Callable[..., Sender], settings: Any
) -> None:
    settings.MDM_MAX_BACKLOG = 0
    assert sender("jamf").post(BODY).status_code == 202
    assert sender("native").post({"devices": []}).status_code == 429


def test_a_body_that_nobody_can_decode_is_kept_apart_and_taken(sender: Callable[..., Sender]) -> None:
    response = sender("jamf").post(b'{"webhook": {"webhookEvent": "Comp')
    assert (response.status_code, response.json()["status"]) == (202, "quarantined")
    delivery = Delivery.objects.get()
    assert "broken" in delivery.error
    assert zlib.decompress(unseal_bytes(bytes(delivery.body))).startswith(b'{"webhook"')
    Delivery.objects.update(received_at=dt.datetime.now(dt.UTC) - dt.timedelta(days=31))
    housekeeping.keep_house()
    assert (Delivery.objects.get().status, bytes(Delivery.objects.get().body)) == ("expired", b"")


def test_a_native_source_pushes_here_as_well(sender: Callable[..., Sender]) -> None:
    native = sender("native", way="basic")
    body = {"devices": [{"serial": "SN-1"}]}
    right = basic(native.source.slug, native.secret)
    assert native.post(body, Authorization=right).status_code == 202
    assert native.post({"devices": 1}, Authorization=right).status_code == 400


def test_a_source_of_another_form_is_sent_to_its_hook(sender: Callable[..., Sender]) -> None:
    refused = sender("jamf").post({"devices": []}, url="/api/v1/mdm/inventory")
    assert refused.status_code == 403
    assert "hook" in refused.json()["detail"]


@pytest.mark.django_db(transaction=True)
def test_waiting_works_here_too(sender: Callable[..., Sender], monkeypatch: pytest.MonkeyPatch) -> None:
    from fleet.mdm import applying

    monkeypatch.setattr("fleet.api.mdm.pushing.wake_worker", applying.apply_delivery)
    answer = sender("jamf").post(BODY, Prefer="wait=5")
    assert (answer.status_code, answer.json()["counts"]["created"]) == (200, 1)
    assert Device.objects.get().serial == "DMPXK2VAQ1GC"


def test_while_the_database_is_away_the_sender_hears_what_makes_it_come_again(
    sender: Callable[..., Sender],
) -> None:
    jamf = sender("jamf")

    def away(*_: Any) -> Any:
        raise OperationalError("the server closed the connection")

    with connection.execute_wrapper(away):
        assert jamf.post(BODY).status_code == 503


def test_the_command_makes_each_kind_and_way(department: Any, capsys: pytest.CaptureFixture[str]) -> None:
    made = ("--organisation", "DEPT", "--kind", "jamf")
    call_command("create_mdm_source", *made, "--name", "A", "--auth", "header", "--header", "X-Token")
    slug, secret = capsys.readouterr().out.split()
    source = MdmSource.objects.get(slug=slug)
    assert (source.auth, source.auth_header) == ("header", "X-Token")
    assert secret.startswith("mdm_")
    oidc = ("--auth", "oidc", "--audience", "https://a.example", "--email", "push@p.example")
    call_command("create_mdm_source", *made, "--name", "B", *oidc)
    assert len(capsys.readouterr().out.split()) == 1
