"""Signing in and one's own password."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm

from fleet.web.forms import GovukFormMixin


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


class ChangePasswordForm(GovukFormMixin, PasswordChangeForm):
    """The old password once and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Current password"
        self.fields["old_password"].widget.attrs["autofocus"] = False
        self.fields["new_password2"].label = "New password again"
        self.fields[
            "new_password1"
        ].help_text = "At least 12 characters; not a common password, not only digits."
        for name, message in (
            ("old_password", "Enter your current password"),
            ("new_password1", "Enter a new password"),
            ("new_password2", "Enter the new password again"),
        ):
            self.fields[name].error_messages["required"] = message
