import pytest
from django.test import Client

from fleet.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"
REFUSED = "The email address and password do not match an account"


@pytest.fixture(autouse=True)
def with_password(it_manager: User) -> None:
    it_manager.set_password(PASSWORD)
    it_manager.save()


def post(client: Client, email: str, password: str = PASSWORD, **more: str):  # type: ignore[no-untyped-def]
    return client.post("/sign-in/", {"username": email, "password": password, **more})


def test_each_refusal_reads_the_same(client: Client, it_manager: User, staff_user: User) -> None:
    staff_user.set_password(PASSWORD)
    staff_user.is_active = False
    staff_user.save()
    for email, password in (
        (it_manager.email, "wrong"),
        ("nobody@dept.example", PASSWORD),
        (staff_user.email, PASSWORD),
    ):
        response = post(client, email, password)
        assert response.context["form"].non_field_errors()[0].startswith(REFUSED)


@pytest.mark.parametrize(
    ("target", "landing"),
    [("/account/", "/account/"), ("https://elsewhere.example/", "/"), ("//elsewhere.example", "/")],
)
def test_only_our_own_addresses_follow(client: Client, it_manager: User, target: str, landing: str) -> None:
    assert post(client, it_manager.email, next=target)["Location"] == landing


def test_guessing_is_paused_and_the_right_password_no_longer_helps(client: Client, it_manager: User) -> None:
    for _ in range(9):
        assert post(client, it_manager.email, "wrong").status_code == 200
    assert post(client, it_manager.email, "wrong").status_code == 429
    paused = post(client, it_manager.email)
    assert paused.status_code == 429
    assert "Sign-in to this account is paused" in paused.content.decode()


def test_signing_out_takes_a_post(client: Client, it_manager: User) -> None:
    post(client, it_manager.email)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert client.get("/account/")["Location"] == "/sign-in/?next=/account/"


def test_changing_ones_password(client: Client, it_manager: User) -> None:
    post(client, it_manager.email)
    new = {
        "old_password": PASSWORD,
        "new_password1": "another long phrase",
        "new_password2": "another long phrase",
    }
    weak = client.post("/account/password/", new | {"new_password1": "password", "new_password2": "password"})
    assert "new_password2" in weak.context["form"].errors
    changed = client.post("/account/password/", new, follow=True)
    assert "Your password is changed." in changed.content.decode()
    it_manager.refresh_from_db()
    assert it_manager.check_password("another long phrase")


def test_the_brand_colour_is_a_style_sheet_of_its_own(client: Client) -> None:
    response = client.get("/brand/7a1c6b.css")
    assert response.content.decode() == ":root { --govuk-brand-colour: #7a1c6b; }\n"
    assert "immutable" in response["Cache-Control"]
    assert client.get("/brand/red.css").status_code == 404


def test_pages_allow_no_inline_style_or_script(client: Client) -> None:
    policy = client.get("/sign-in/")["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy
