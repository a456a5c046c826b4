"""Signing in, one's own password, and the second factor."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm

from fleet.models import User
from fleet.services import throttle
from fleet.web.forms import GovukForm, GovukFormMixin

RULES = "At least 12 characters; not a common password, not only digits."


class SignInForm(GovukFormMixin, AuthenticationForm):
    """One message for a wrong password, an unknown address and a closed account: none can be told apart."""

    error_messages = {
        "invalid_login": "The email address and password do not match an account. Check both and try again.",
        "inactive": "The email address and password do not match an account. Check both and try again.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email, password = self.fields["username"], self.fields["password"]
        email.label = "Email address"
        email.widget.input_type = "email"
        email.widget.attrs |= {"autocomplete": "username", "spellcheck": "false", "autofocus": False}
        email.error_messages["required"] = "Enter your email address"
        password.error_messages["required"] = "Enter your password"


class AskForResetForm(GovukForm):
    email = forms.EmailField(
        label="Email address",
        error_messages={
            "required": "Enter your email address",
            "invalid": "Enter an email address, like name@example.gov.uk",
        },
        widget=forms.EmailInput({"autocomplete": "username", "spellcheck": "false"}),
    )


class _NewPasswordMixin(GovukFormMixin):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        fields["new_password2"].label = "New password again"
        fields["new_password1"].help_text = RULES
        for name, message in (
            ("new_password1", "Enter a new password"),
            ("new_password2", "Enter the new password again"),
        ):
            fields[name].widget.attrs["autofocus"] = False
            fields[name].error_messages["required"] = message


class SetNewPasswordForm(_NewPasswordMixin, SetPasswordForm):  # type: ignore[type-arg]
    """The new password twice, for somebody who came by a reset link."""


class ChangePasswordForm(_NewPasswordMixin, PasswordChangeForm):
    """The old password once and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        old = self.fields["old_password"]
        old.label = "Current password"
        old.widget.attrs["autofocus"] = False
        old.error_messages["required"] = "Enter your current password"

    def clean_old_password(self) -> str:
        _check_tries(self.user)
        password: str = super().clean_old_password()
        return password


class OwnPasswordForm(GovukForm):
    """One's own password, before something that a thief of the session must not do."""

    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        _check_tries(self.user)
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError("This is not your password. Check it and try again")
        return password


def _check_tries(user: User) -> None:
    """Raises ValidationError after ten tries in a quarter of an hour, whatever was typed."""
    if not throttle.allows("own-password", str(user.pk), times=10, seconds=15 * 60):
        raise forms.ValidationError("There were too many tries. Wait 15 minutes and try again")


class _CodeForm(GovukForm):
    code = forms.CharField(
        max_length=40,
        widget=forms.TextInput(
            {
                "autocomplete": "one-time-code",
                "spellcheck": "false",
                "autocapitalize": "none",
                "class": "govuk-input--width-10",
            }
        ),
    )


class AppCodeForm(_CodeForm):
    """The code that proves that the app was set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = "Code that the app shows"
        field.help_text = "Six digits. They change every 30 seconds."
        field.error_messages["required"] = "Enter the code that the app shows"
        field.widget.attrs["inputmode"] = "numeric"


class SignInCodeForm(_CodeForm):
    """A code of the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.help_text = "The six digits that your authenticator app shows, or one of your recovery codes."
        field.error_messages["required"] = "Enter a code"
