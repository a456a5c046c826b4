"""Imports in the API."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from fleet.api.serializers.parts import asking
from fleet.forms.imports import loadable
from fleet.models import Import, ImportLine, Organisation
from fleet.services.imports.kinds import KINDS


class ImportSerializer(serializers.ModelSerializer[Import]):
    """`unknown`: what waits for a word of yours, headers (`naming`) or spellings of sites (`checked`)."""

    organisation: Any = serializers.SlugRelatedField("code", read_only=True)
    unknown = serializers.ListField(child=serializers.DictField())
    seen = serializers.CharField(source="digest", help_text="Send it with `confirm`: what you looked at.")
    is_ending_many = serializers.BooleanField(help_text="`confirm` then needs `may_end_many`.")
    is_replacing = serializers.BooleanField(help_text="`confirm` then needs `may_replace`.")

    class Meta:
        model = Import
        fields = (
            *("id", "organisation", "kind", "file_name", "size_bytes", "made_at", "complete_on", "status"),
            *("done", "total", "error", "created", "changed", "ended", "unchanged", "rejected", "warned"),
            *(
                "active",
                "is_ending_many",
                "is_replacing",
                "is_moved",
                "unknown",
                "seen",
                "checked_at",
                "confirmed_at",
            ),
            *("applied_at", "undone_at"),
        )
        read_only_fields = fields


class ImportLineSerializer(serializers.ModelSerializer[ImportLine]):
    """`details`: [column, before, after] of what is created, changed or ended, else [column, reason]."""

    details = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField(allow_blank=True))
    )

    class Meta:
        model = ImportLine
        fields = ("number", "outcome", "name", "row_id", "is_move", "details")


class NewImportSerializer(serializers.Serializer[Any]):
    """A file with what is in it; `organisation` is a code."""

    kind = serializers.ChoiceField(choices=sorted(KINDS))
    organisation = serializers.SlugRelatedField("code", queryset=Organisation.objects.all())
    file = serializers.FileField(help_text="CSV, XLSX or ODS.")
    is_complete = serializers.BooleanField(default=False, help_text="It is the whole list of staff.")
    complete_on = serializers.DateField(required=False, help_text="As of this day, today where absent.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        user = asking(self)
        if user is None or attrs["organisation"].pk not in loadable(user).get(attrs["kind"], ()):
            raise serializers.ValidationError({"organisation": "You may not load such files there."})
        on = attrs.pop("complete_on", None) or timezone.localdate()
        is_complete = attrs.pop("is_complete")
        return {**attrs, "complete_on": on if is_complete else None}


class ColumnsSerializer(serializers.Serializer[Any]):
    columns = serializers.DictField(
        child=serializers.CharField(allow_blank=True), help_text="Header → column, empty to leave it out."
    )


class SpellingsSerializer(serializers.Serializer[Any]):
    sites = serializers.DictField(child=serializers.CharField(), help_text="Spelling → code of the site.")


class ConfirmSerializer(serializers.Serializer[Any]):
    seen = serializers.CharField(help_text="As the import says it.")
    may_end_many = serializers.BooleanField(default=False)
    may_replace = serializers.BooleanField(
        default=False, help_text="A bill may take the place of figures that came before."
    )
