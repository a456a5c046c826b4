"""MDM sources, deliveries and conflicts as the API shows them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from fleet.api.errors import FieldErrorSerializer
from fleet.mdm import ledger
from fleet.models import Delivery, Device, IdentityConflict, MdmSource
from fleet.vocabulary import DeliveryStatus, Outcome


class CountsSerializer(serializers.Serializer[Any]):
    """How many records had each outcome."""

    created = serializers.IntegerField()
    updated = serializers.IntegerField(help_text="A fact changed.")
    unchanged = serializers.IntegerField(help_text="At most the heartbeat moved.")
    stale = serializers.IntegerField(help_text="Older than all it says: nothing was applied.")
    conflict = serializers.IntegerField(help_text="Held until a person decides which device it is about.")
    rejected = serializers.IntegerField(help_text="Could not be taken; `errors` says why.")


class TakenSerializer(serializers.Serializer[Any]):
    """A delivery that is stored and waits to be applied."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=DeliveryStatus.choices)
    url = serializers.URLField(help_text="Where its result will be.")
    received_at = serializers.DateTimeField()


class LineSerializer(serializers.Serializer[Any]):
    """What became of one record."""

    position = serializers.IntegerField(help_text="Counted from 0 in the order sent.")
    outcome = serializers.ChoiceField(choices=[one.label for one in Outcome])
    device = serializers.IntegerField(allow_null=True)
    errors = FieldErrorSerializer(many=True)  # type: ignore[assignment]


class LinePageSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = LineSerializer(many=True)


class NotesSerializer(serializers.Serializer[Any]):
    """What an adapter left of a body; a part that left nothing is absent."""

    ignored = serializers.DictField(
        child=serializers.IntegerField(),
        required=False,
        help_text="Events that say nothing of a device, by type.",
    )
    dropped = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="Names of fields that are not kept."
    )


class ResultSerializer(TakenSerializer):
    """A delivery with its counts and one page of its records."""

    applied_at = serializers.DateTimeField(allow_null=True)
    error = serializers.CharField(help_text="Why the delivery failed, or is in quarantine, as a whole.")
    counts = CountsSerializer()
    notes = NotesSerializer(help_text="What was left of the body.")
    records = LinePageSerializer()


class DeliveryRowSerializer(serializers.ModelSerializer[Delivery]):
    """One line of the ledger."""

    url = serializers.HyperlinkedIdentityField(view_name="api-delivery-detail")
    source = serializers.SlugRelatedField[MdmSource](  # type: ignore[assignment]
        slug_field="slug", read_only=True
    )
    counts = serializers.SerializerMethodField()

    class Meta:
        model = Delivery
        fields = (
            "id",
            "url",
            "source",
            "status",
            "received_at",
            "applied_at",
            "replayed_at",
            "size_bytes",
            "error",
            "counts",
        )
        read_only_fields = fields

    def get_counts(self, delivery: Delivery) -> dict[str, int]:
        return ledger.counts_of(delivery.outcomes)


class MdmSourceSerializer(serializers.ModelSerializer[MdmSource]):
    class Meta:
        model = MdmSource
        fields = (
            "id",
            "slug",
            "name",
            "kind",
            "auth",
            "organisation",
            "is_active",
            "silent_after_hours",
            "created_at",
            "refusal",
            "refused_at",
        )
        read_only_fields = fields


class IdentityConflictSerializer(serializers.ModelSerializer[IdentityConflict]):
    """A record that names more than one device, as it came, and the devices that it might be."""

    source = serializers.SlugRelatedField[MdmSource](  # type: ignore[assignment]
        slug_field="slug", read_only=True
    )

    class Meta:
        model = IdentityConflict
        fields = (
            "id",
            "kind",
            "value",
            "source",
            "devices",
            "record",
            "observed_at",
            "times_seen",
            "status",
            "opened_at",
            "resolved_at",
            "resolution",
        )
        read_only_fields = fields


class DecisionSerializer(serializers.Serializer[Any]):
    """What a person decides: `device` (and which), `new` device, or `dismiss` with a reason."""

    decision = serializers.ChoiceField(choices=["device", "new", "dismiss"])
    device = serializers.PrimaryKeyRelatedField(queryset=Device.objects.none(), required=False)
    reason = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        request = self.context.get("request")
        if request and request.user.is_authenticated:
            fields["device"].queryset = Device.objects.visible_to(request.user)  # type: ignore[attr-defined]
        return fields
