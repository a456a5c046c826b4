"""What serializers of facts share: rows of one organisation, refused by the same rules as on pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db.models import Model
from rest_framework import serializers
from rest_framework.relations import PKOnlyObject

from fleet import rules
from fleet.models import Organisation, Site, User
from fleet.services import facts


def asking(serializer: serializers.Field[Any, Any, Any, Any]) -> User | None:
    """Who asks; nobody while the schema is made."""
    request = serializer.context.get("request")
    return request.user if request and isinstance(request.user, User) else None


def _whole(value: Any) -> Any:
    """The key itself, where a field gives an object that has nothing else."""
    return value.pk if isinstance(value, PKOnlyObject) else value


class VisibleField(serializers.PrimaryKeyRelatedField[Any]):
    """Another row by its id, among those that the person may see."""

    def __init__(self, model: type[Model] | None = None, **kwargs: Any) -> None:
        self.model = model
        if not kwargs.get("read_only"):
            kwargs.setdefault("queryset", model._default_manager.all() if model else None)
        super().__init__(**kwargs)

    def get_queryset(self) -> Any:
        user = asking(self)
        manager: Any = self.model._default_manager if self.model else None
        return manager.visible_to(user) if user and manager else super().get_queryset()


class OrganisationField(serializers.SlugRelatedField[Organisation]):
    """An organisation by its code, among those in which the person may add rows."""

    def __init__(self, permission: str = "", **kwargs: Any) -> None:
        self.permission = permission
        kwargs.setdefault("queryset", Organisation.objects.all())
        super().__init__(slug_field="code", **kwargs)

    def get_queryset(self) -> Any:
        user = asking(self)
        model = self.parent.Meta.model  # type: ignore[attr-defined]
        held = user.access.adding_organisation_ids(self.permission, model) if user else ()
        return Organisation.objects.filter(pk__in=held)


class FactsSerializer(serializers.ModelSerializer[Any]):
    """A row that is checked by `fleet.rules` and saved by `fleet.services.facts`.

    `organisation` may be left out by those who may add rows in one organisation only; it never changes.
    """

    spellings: dict[str, Any] = {}
    # What to do instead of giving a field that is read alone.
    elsewhere: ClassVar[dict[str, str]] = {}

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if isinstance(data, dict) and (refused := dict(self._unwritable(data))):
            raise serializers.ValidationError(refused)
        values: dict[str, Any] = super().to_internal_value(data)
        return values

    def _unwritable(self, data: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Fields that there are not, or that are read alone; the value they have already may be sent."""
        writable = {field.field_name for field in self._writable_fields}
        others = [name for name in data if name not in writable]
        shown = self.to_representation(self.instance) if others and self.instance else {}
        for name in others:
            if name not in self.fields:
                yield name, f"There is no field “{name}”. The fields are listed at /api/v1/docs/."
            elif data[name] != shown.get(name):
                yield name, self.elsewhere.get(name, "It cannot be given here. Leave it out.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        row = self.instance or self.blank(organisation=self._organisation(attrs))
        self._spell(attrs)
        values = self._current() | attrs
        refused: dict[str, list[str]] = {}
        for field, message in rules.refusals(row, values):
            refused.setdefault(field, []).append(message)
        if "site" in self.fields and (self.instance is None or "site" in attrs):
            refused |= self._not_ones_site(row, attrs.get("site"))
        if refused:
            raise serializers.ValidationError(refused)
        return attrs

    def _not_ones_site(self, row: Any, site: Site | None) -> dict[str, list[str]]:
        """Nobody puts a row where their role does not reach, nor out of it."""
        user, field = asking(self), self.fields["organisation"]
        assert isinstance(field, OrganisationField)
        place = {"organisation_id": row.organisation_id, "site_id": site.pk if site else None}
        may = user is None or user.access.may_change(field.permission, **place)
        return {} if may else {"site": [rules.NOT_YOUR_SITE]}

    def _organisation(self, attrs: dict[str, Any]) -> Organisation:
        if "organisation" not in attrs:
            field = self.fields["organisation"]
            assert isinstance(field, OrganisationField)
            candidates = list(field.get_queryset()[:2])
            if len(candidates) != 1:
                raise serializers.ValidationError({"organisation": "Say in which organisation, by its code."})
            attrs["organisation"] = candidates[0]
        organisation: Organisation = attrs["organisation"]
        return organisation

    def _spell(self, attrs: dict[str, Any]) -> None:
        for name in attrs.keys() & self.spellings.keys():
            try:
                attrs[name] = self.spellings[name](attrs[name])
            except DjangoValidationError as error:
                raise serializers.ValidationError({name: error.messages}) from error

    def _current(self) -> dict[str, Any]:
        """What the row has in the fields that this serializer writes."""
        if self.instance is None:
            return {}
        row = self.instance
        return {str(field.source): _whole(field.get_attribute(row)) for field in self._writable_fields}

    def blank(self, **values: Any) -> Any:
        model: Any = self.Meta.model
        return model(**values)

    def create(self, validated_data: dict[str, Any]) -> Any:
        row = self.blank(**validated_data)
        facts.save(row)
        return row

    def update(self, instance: Any, validated_data: dict[str, Any]) -> Any:
        validated_data.pop("organisation", None)
        for name, value in validated_data.items():
            setattr(instance, name, value)
        facts.save(instance)
        return instance
