"""What a tranche's people say, in the API: the page's figures."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from feedback.vocabulary import ThreadKind


class SaidKindSerializer(serializers.Serializer[Any]):
    """`people` is null for one to four; the days are null where fewer than five told their minutes."""

    kind = serializers.ChoiceField(ThreadKind.choices)
    people = serializers.SerializerMethodField()
    threads = serializers.IntegerField()
    people_with_minutes = serializers.SerializerMethodField()
    working_days_a_year = serializers.FloatField(allow_null=True)

    def get_people(self, one: Any) -> int | None:
        return None if one.is_small else int(one.people)

    def get_people_with_minutes(self, one: Any) -> int | None:
        return None if one.working_days_a_year is None else int(one.told)


class SaidThreadSerializer(serializers.Serializer[Any]):
    """`said_by` is how many of the tranche's people; null for one to four."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(ThreadKind.choices)
    said_by = serializers.IntegerField(allow_null=True)


class TrancheFeedbackSerializer(serializers.Serializer[Any]):
    """Since the handover of each of the `asked` people. Empty until five of them have said something."""

    asked = serializers.IntegerField()
    people = serializers.IntegerField(source="whole.people")
    kinds = SaidKindSerializer(many=True)
    threads = SaidThreadSerializer(many=True)
    others = serializers.IntegerField(help_text="Threads of few people, which are not listed.")
