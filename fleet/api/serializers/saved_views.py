"""Saved views of lists in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from fleet.api.serializers.parts import asking
from fleet.models import Organisation, SavedView
from fleet.services.saved_views import change_view, save_view
from fleet.web.saved import checked


class OwnOrganisationField(serializers.SlugRelatedField[Organisation]):
    """An organisation by its code, among those in which the person holds a role."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(slug_field="code", queryset=Organisation.objects.all(), **kwargs)

    def get_queryset(self) -> Any:
        user = asking(self)
        return Organisation.objects.filter(pk__in=user.access.organisation_ids() if user else ())


class SavedViewSerializer(serializers.ModelSerializer[SavedView]):
    """`list` is the key of a list, such as devices; `query` its address' part behind the question mark."""

    organisation: Any = OwnOrganisationField()
    owner = serializers.EmailField(source="owner.email", read_only=True)

    class Meta:
        model = SavedView
        fields = ("id", "organisation", "owner", "list", "name", "query", "is_shared", "created_at")
        read_only_fields: tuple[str, ...] = ("created_at",)

    def create(self, validated_data: dict[str, Any]) -> SavedView:
        user = asking(self)
        assert user
        key = validated_data.pop("list")
        kept = checked(key, validated_data.pop("query", ""), user)
        is_shared = validated_data.pop("is_shared", False)
        return save_view(by=user, list_key=key, query=kept, is_shared=is_shared, **validated_data)


class SavedViewChangeSerializer(SavedViewSerializer):
    """Where it belongs and whose it is stays as it is."""

    organisation: Any = serializers.SlugRelatedField("code", read_only=True)

    class Meta(SavedViewSerializer.Meta):
        read_only_fields = ("created_at", "list")

    def update(self, instance: SavedView, validated_data: dict[str, Any]) -> SavedView:
        user = asking(self)
        assert user
        if "query" in validated_data:
            validated_data["query"] = checked(instance.list, validated_data["query"], user)
        change_view(view=instance, by=user, **validated_data)
        return instance
