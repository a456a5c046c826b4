"""The change log and the access log in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from fleet.models import AccessRecord


class ChangeSerializer(serializers.Serializer[Any]):
    """One field before and after, in the words of the page."""

    field = serializers.CharField(source="key")
    label = serializers.CharField(source="field")  # type: ignore[assignment]
    before = serializers.CharField()
    after = serializers.CharField()


class EntrySerializer(serializers.Serializer[Any]):
    """One row added, changed or deleted once."""

    at = serializers.DateTimeField()
    kind = serializers.CharField()
    row = serializers.IntegerField(source="row_id")
    object = serializers.CharField(source="subject", help_text="What the row was called then.")
    action = serializers.CharField(help_text="Added, Changed or Deleted.")
    by = serializers.CharField(help_text="Empty where nobody signed in did it.")
    channel = serializers.CharField()
    request_id = serializers.CharField()
    delivery = serializers.CharField(help_text="The MDM delivery that made it, if one did.")
    changes = ChangeSerializer(many=True)


class ChangePageSerializer(serializers.Serializer[Any]):
    """`next` is the address of what is older, null on the last page."""

    next = serializers.URLField(allow_null=True)
    results = EntrySerializer(many=True)


class AccessRecordSerializer(serializers.ModelSerializer[AccessRecord]):
    user_email = serializers.EmailField(source="user.email", default=None)

    class Meta:
        model = AccessRecord
        fields = (
            "id",
            "at",
            "user",
            "user_email",
            "channel",
            "request_id",
            "what",
            "is_export",
            "person",
            "object_id",
            "rows",
            "filters",
        )
