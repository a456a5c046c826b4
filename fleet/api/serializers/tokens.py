"""Personal tokens in the API; never their secrets."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from fleet.models import ApiToken
from fleet.models.tokens import STATES


class ApiTokenSerializer(serializers.ModelSerializer[ApiToken]):
    """`permissions` null: all that the person may; `organisation` null: all of the person's."""

    person = serializers.EmailField(source="user.email", read_only=True)
    organisation: Any = serializers.SlugRelatedField("code", read_only=True)
    state = serializers.ChoiceField([(state, state) for state in STATES], read_only=True)

    class Meta:
        model = ApiToken
        fields = (
            "id",
            "person",
            "name",
            "hint",
            "is_read_only",
            "permissions",
            "organisation",
            "created_at",
            "expires_at",
            "last_used_at",
            "revoked_at",
            "state",
        )
