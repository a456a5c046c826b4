"""Bulk changes in the API: what is asked, what would happen, what was done."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from fleet.models import BulkChange
from fleet.services.bulk import VERBS
from fleet.vocabulary import BulkSubject

ONE = "Say which rows: ids, or filters ({} for all)."


class BulkRequestSerializer(serializers.Serializer[Any]):
    """Either `ids` or `filters`; without `dry_run` the `expected_count` of rows must be the present one."""

    value = serializers.DictField(
        child=serializers.JSONField(),
        help_text="What to set, by the names of the page's fields: site (id), holder (staff number or email "
        "address), kind, job_role, work_style, group, note, despite_reservation; devices, each with an "
        "identifier and its new_asset_tag.",
    )
    organisation = serializers.CharField(
        required=False, help_text="Its code; needed by those who may change rows in several."
    )
    ids = serializers.ListField(child=serializers.IntegerField(), required=False)
    filters = serializers.DictField(
        child=serializers.JSONField(), required=False, help_text="The list's filters; {} for all rows."
    )
    expected_count = serializers.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, help_text="How many rows match."
    )
    fingerprint = serializers.CharField(
        required=False, help_text="That of a dry run: refused where anything else would happen by now."
    )
    dry_run = serializers.BooleanField(default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("ids" in attrs) == ("filters" in attrs):
            raise serializers.ValidationError({"ids": ONE})
        if not attrs["dry_run"] and "expected_count" not in attrs:
            raise serializers.ValidationError({"expected_count": "Say how many rows you expect to match."})
        return attrs


def _request_of(subject: BulkSubject) -> type[BulkRequestSerializer]:
    keys = [(verb.key, verb.title) for verb in VERBS.values() if verb.subject == subject]
    name = f"{subject.label}BulkRequestSerializer"
    return type(name, (BulkRequestSerializer,), {"change": serializers.ChoiceField(choices=keys)})


DevicesBulkRequestSerializer = _request_of(BulkSubject.DEVICES)
PeopleBulkRequestSerializer = _request_of(BulkSubject.PEOPLE)


class ReasonSerializer(serializers.Serializer[Any]):
    why = serializers.CharField()
    count = serializers.IntegerField()


class BulkChangeSerializer(serializers.ModelSerializer[BulkChange]):
    """`left_out` counts the rows that could not be changed, `undone` those put back since.

    `status` is `doing` or `undoing` while a worker is at it; where it is `waiting` or `failed` afterwards
    nothing was changed, and `error` says why.
    """

    organisation = serializers.CharField(source="organisation.code", read_only=True)
    change = serializers.CharField(source="verb", read_only=True)
    made_by = serializers.CharField(source="made_by.email", read_only=True, default=None)
    left_out = serializers.IntegerField(read_only=True)

    class Meta:
        model = BulkChange
        fields = (
            "id", "organisation", "status", "error", "subject", "change", "value_words", "filters",
            "filter_words", "matched", "changed", "unchanged", "left_out", "made_by", "made_at", "done_at",
            "request_id", "undone", "undone_at",
        )  # fmt: skip
        read_only_fields = fields


class BulkCheckSerializer(serializers.Serializer[Any]):
    """What it would do: rows that match; those that would change, are so already, are left out and why."""

    matched = serializers.IntegerField()
    changing = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    left_out = serializers.IntegerField()
    reasons = ReasonSerializer(many=True)
    fingerprint = serializers.CharField()


class UndoRequestSerializer(serializers.Serializer[Any]):
    dry_run = serializers.BooleanField(default=False)


class UndoneSerializer(serializers.Serializer[Any]):
    """Rows put back, or that would be; those back already; those that stay and why."""

    put_back = serializers.IntegerField()
    back_already = serializers.IntegerField()
    staying = serializers.IntegerField()
    reasons = ReasonSerializer(many=True)
