"""Feedback in the API: what readers may know, and nothing of who spoke anonymously."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from feedback.models import Attachment, Commitment, CommitmentReading, Post, Thread, Topic
from feedback.services.answering import STATUS_CHOICES
from feedback.services.taxonomy import already, others_named
from feedback.views import settled
from feedback.vocabulary import Frequency, ShownAs, ThreadKind, ThreadStatus
from fleet.api.serializers.parts import OrganisationField, VisibleField
from fleet.models import Site


class ThreadSerializer(serializers.ModelSerializer[Thread]):
    """`raised_on` is a day for every thread alike. `working_days_a_year` is of the `people_with_minutes`."""

    organisation: Any = serializers.SlugRelatedField("code", read_only=True)
    raised_on = serializers.DateTimeField(source="raised_at", format="%Y-%m-%d", allow_null=True)
    answered_on = serializers.DateTimeField(source="answered_at", format="%Y-%m-%d", allow_null=True)
    working_days_a_year = serializers.FloatField()

    class Meta:
        model = Thread
        fields = (
            *("id", "organisation", "kind", "title", "topic", "since_on", "raised_on", "status"),
            *("status_reason", "is_severe", "is_answered", "answered_on", "due_on", "next_update_on"),
            *("merged_into", "people", "people_with_minutes", "working_days_a_year", "posts_shown"),
        )
        read_only_fields = fields


class AttachmentSerializer(serializers.ModelSerializer[Attachment]):
    """A picture beside a post; one that was removed has the reason, and no content."""

    class Meta:
        model = Attachment
        fields = ("id", "post", "alt", "media_type", "width", "height", "removed_because")
        read_only_fields = fields


class NewAttachmentSerializer(serializers.Serializer[Any]):
    """`picture`: JPEG, PNG or WebP; it is made anew, without what it carries along. `alt`: what it shows."""

    picture = serializers.FileField(allow_empty_file=True)
    alt = serializers.CharField(max_length=200)


class RemovalSerializer(serializers.Serializer[Any]):
    because = serializers.CharField(max_length=300)


class SettledSerializer(ThreadSerializer):
    """With what was said first, the last official response, and the commitments that were kept or missed."""

    settled_on = serializers.DateTimeField(source="status_at", format="%Y-%m-%d")
    said = serializers.SerializerMethodField()
    answer = serializers.SerializerMethodField()
    answered_by = serializers.SerializerMethodField()
    commitments = serializers.SerializerMethodField()

    class Meta(ThreadSerializer.Meta):
        fields = (  # type: ignore[assignment]
            *ThreadSerializer.Meta.fields,
            *("settled_on", "said", "answer", "answered_by", "commitments"),
        )
        read_only_fields = fields  # type: ignore[assignment]

    def get_said(self, thread: Thread) -> str:
        return settled.said(thread)

    def get_answer(self, thread: Thread) -> str:
        return settled.answered(thread)

    def get_answered_by(self, thread: Thread) -> str:
        return settled.answered_by(thread)

    def get_commitments(self, thread: Thread) -> list[str]:
        return settled.promised(thread)


class PostSerializer(serializers.ModelSerializer[Post]):
    """`speaker` and `speaker_role` as readers see them; `body` is empty where a moderator has hidden it."""

    speaker = serializers.CharField()
    speaker_role = serializers.CharField()
    posted_on = serializers.DateTimeField(source="posted_at", format="%Y-%m-%d", allow_null=True)
    edited_on = serializers.DateTimeField(source="edited_at", format="%Y-%m-%d", allow_null=True)
    body = serializers.CharField(source="shown_body")
    attachments = AttachmentSerializer(source="beside", many=True)

    class Meta:
        model = Post
        fields = (
            *("id", "thread", "parent", "is_opening", "is_official", "speaker", "speaker_role", "label"),
            *("body", "posted_on", "edited_on", "hidden_because", "attachments"),
        )
        read_only_fields = fields


class MinutesSerializer(serializers.Serializer[Any]):
    """What it costs a person."""

    frequency = serializers.ChoiceField(Frequency.choices, required=False, default="", allow_blank=True)
    minutes_a_day = serializers.IntegerField(
        min_value=0, max_value=480, required=False, allow_null=True, default=None
    )


class OwnVoiceSerializer(MinutesSerializer):
    """One's own voice, which nobody else is told of; `has_voice` is false where one has none."""

    has_voice = serializers.BooleanField(read_only=True)
    is_author = serializers.BooleanField(read_only=True, default=False)


class EditSerializer(serializers.Serializer[Any]):
    """`title`: the thread's, of its opening post alone."""

    body = serializers.CharField(max_length=10_000)
    title = serializers.CharField(max_length=150, required=False, default="", allow_blank=True)


class VersionSerializer(serializers.Serializer[Any]):
    """What a post said from that day on; `title` is empty but for a thread's opening."""

    said_on = serializers.DateTimeField(source="at", format="%Y-%m-%d", allow_null=True)
    title = serializers.CharField()
    body = serializers.CharField()


class VoiceSerializer(MinutesSerializer):
    """What a person says of how it affects them."""

    shown_as = serializers.ChoiceField(ShownAs.choices, required=False, default=ShownAs.NAME)
    with_facts = serializers.BooleanField(
        required=False, default=False, help_text="Attach what is known of one's own site and device."
    )


class NewThreadSerializer(VoiceSerializer):
    """Without a `topic`, the one that the words suggest."""

    organisation: Any = OrganisationField("feedback.post", required=False)
    kind = serializers.ChoiceField(ThreadKind.choices, required=False, default=ThreadKind.PROBLEM)
    title = serializers.CharField(max_length=150)
    body = serializers.CharField(max_length=10_000)
    topic = VisibleField(Topic, required=False, allow_null=True, default=None)
    since_on = serializers.DateField(required=False, allow_null=True, default=None)

    class Meta:
        model = Thread


class NewPostSerializer(serializers.Serializer[Any]):
    body = serializers.CharField(max_length=10_000)
    parent: Any = serializers.IntegerField(required=False, allow_null=True, default=None)
    shown_as = serializers.ChoiceField(ShownAs.choices, required=False, default=ShownAs.NAME)


class ResponseSerializer(serializers.Serializer[Any]):
    """`seen_status` is what was looked at: where it is another by now, nothing is published."""

    body = serializers.CharField(max_length=10_000)
    status = serializers.ChoiceField(STATUS_CHOICES)
    seen_status = serializers.ChoiceField(ThreadStatus.choices)
    status_reason = serializers.CharField(required=False, default="", allow_blank=True, max_length=1_000)
    next_update_on = serializers.DateField(required=False, allow_null=True, default=None)


class TopicSerializer(serializers.ModelSerializer[Topic]):
    """`synonyms` are the words that point to it; `organisation` never changes."""

    organisation: Any = OrganisationField("feedback.moderate")
    synonyms: Any = serializers.ListField(child=serializers.CharField(max_length=60), required=False)

    class Meta:
        model = Topic
        fields = ("id", "organisation", "name", "synonyms", "is_retired")
        # The name is unique in the organisation in any case: `validate` says so in words.
        validators: tuple[Any, ...] = ()

    def validate_synonyms(self, words: list[str]) -> list[str]:
        return list(dict.fromkeys(" ".join(word.lower().split()) for word in words))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if self.instance:
            attrs.pop("organisation", None)
        organisation = self.instance.organisation if self.instance else attrs["organisation"]
        name = attrs.get("name", "")
        if name and others_named(organisation, name, self.instance).exists():
            raise serializers.ValidationError({"name": already(name)})
        return attrs


class ReadingSerializer(serializers.ModelSerializer[CommitmentReading]):
    class Meta:
        model = CommitmentReading
        fields = ("day", "part", "whole")
        read_only_fields = fields


class CommitmentSerializer(serializers.ModelSerializer[Commitment]):
    organisation: Any = serializers.SlugRelatedField("code", read_only=True)
    readings = ReadingSerializer(many=True, read_only=True)

    class Meta:
        model = Commitment
        fields = (
            *("id", "organisation", "thread", "text", "measure", "parameters", "site", "target_percent"),
            *("due_on", "state", "decided_on", "withdrawn_because", "readings"),
        )
        read_only_fields = fields


class NewCommitmentSerializer(serializers.Serializer[Any]):
    """`parameters` are what the measure asks: `platform` and `version` of `os`, `topic` of `topic` …"""

    text = serializers.CharField(max_length=300)
    measure = serializers.CharField(max_length=40)
    parameters = serializers.DictField(child=serializers.CharField(max_length=320), allow_empty=False)
    target_percent = serializers.DecimalField(max_digits=5, decimal_places=2, min_value=0, max_value=100)
    due_on = serializers.DateField()
    site = VisibleField(Site, required=False, allow_null=True, default=None)


class AnsweredSerializer(serializers.Serializer[Any]):
    """`median_days`: working days to the official response, of the `days_known` answers of known days."""

    name = serializers.CharField()
    threads = serializers.IntegerField()
    answered = serializers.IntegerField()
    never = serializers.IntegerField()
    people = serializers.IntegerField()
    working_days_a_year = serializers.FloatField()
    median_days = serializers.FloatField(allow_null=True)
    days_known = serializers.SerializerMethodField()

    def get_days_known(self, found: Any) -> int:
        return len(found.days)


class PublishedSerializer(serializers.Serializer[Any]):
    whole = AnsweredSerializer()
    by_topic = AnsweredSerializer(many=True)
    by_month = AnsweredSerializer(many=True)
