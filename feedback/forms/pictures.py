"""A picture and what it shows, asked for together."""

from __future__ import annotations

from typing import Any

from django import forms

from feedback.models import Attachment
from feedback.services.pictures import MOST_BYTES, made_anew
from fleet.errors import Invalid
from fleet.web import text
from fleet.web.forms import GovukForm


class PictureForm(GovukForm):
    """`picture` becomes a `feedback.services.pictures.Picture`, made anew, or None."""

    picture = forms.FileField(
        label="Photograph or screenshot",
        required=False,
        help_text=f"JPEG, PNG or WebP, at most {text.size(MOST_BYTES)}. Place, time and camera are taken out "
        "of it. Look that no other person and nothing confidential is in it.",
        # An iPhone then sends its photographs as JPEG.
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={"empty": "The picture is empty. Choose another."},
    )
    alt = forms.CharField(
        label="What does the picture show?",
        max_length=Attachment._meta.get_field("alt").max_length,
        required=False,
        help_text="Needed with a picture: one sentence, for those who cannot see it.",
    )

    def clean_picture(self) -> Any:
        sent = self.cleaned_data["picture"]
        if not sent:
            return None
        try:
            return made_anew(sent, sent.size)
        except Invalid as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("picture") and not cleaned.get("alt"):
            self.add_error("alt", "Say what the picture shows. Then choose the picture again")
        elif cleaned.get("alt") and "picture" in cleaned and not cleaned["picture"]:
            self.add_error("picture", "Choose the picture, or empty what it shows")
        return cleaned


class AttachForm(PictureForm):
    """A picture on its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("picture", "alt"):
            self.fields[name].required = True
