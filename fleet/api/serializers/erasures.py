"""Erasing a person through the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from fleet.models import Erasure
from fleet.vocabulary import ErasureAskedBy


class EraseSerializer(serializers.Serializer[Any]):
    asked_by = serializers.ChoiceField(ErasureAskedBy.choices)
    reason = serializers.CharField(max_length=500, help_text="Kept: nothing that names the person.")
    force = serializers.BooleanField(default=False, help_text="Also who has not left or holds devices.")
    is_rehearsal = serializers.BooleanField(default=False, help_text="Only count what would change.")


class ErasureSerializer(serializers.ModelSerializer[Erasure]):
    """`id` is null for a rehearsal."""

    class Meta:
        model = Erasure
        fields = ("id", "staff_member", "asked_by", "reason", "is_forced", "counts", "done_at")
