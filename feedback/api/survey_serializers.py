"""Surveys in the API: what is asked, of whom, and what was found."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from feedback.models import Question, Survey
from feedback.questionnaires import Asked
from feedback.services.surveying.answering import LONGEST, Given
from feedback.vocabulary import Audience, QuestionKind
from fleet.api.serializers.parts import OrganisationField, VisibleField
from fleet.models import Site

AUDIENCES = [(value, label) for value, label in Audience.choices if value != Audience.NAMED]


class QuestionSerializer(serializers.ModelSerializer[Question]):
    class Meta:
        model = Question
        fields = (
            *("id", "number", "key", "kind", "text", "options", "scale_to", "lowest", "highest"),
            "is_required",
        )
        read_only_fields = fields


class AskedSerializer(serializers.Serializer[Any]):
    """A question to ask. `key` is that of the same question in earlier waves."""

    text = serializers.CharField(max_length=300)
    kind = serializers.ChoiceField(QuestionKind.choices, required=False, default=QuestionKind.SINGLE)
    options = serializers.ListField(
        child=serializers.CharField(max_length=150), required=False, default=list, max_length=50
    )
    scale_to = serializers.IntegerField(min_value=3, max_value=10, required=False, default=5)
    lowest = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    highest = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    is_required = serializers.BooleanField(required=False, default=False)
    key = serializers.UUIDField(required=False, allow_null=True, default=None)


def asked_of(given: list[dict[str, Any]]) -> list[Asked]:
    return [Asked(**{**one, "options": tuple(one["options"])}) for one in given]


class SurveySerializer(serializers.ModelSerializer[Survey]):
    """`asked` and `answered` count people; `series` is the same for the waves of one survey."""

    organisation: Any = serializers.SlugRelatedField("code", read_only=True)
    asked = serializers.IntegerField()
    answered = serializers.IntegerField()
    questions = QuestionSerializer(many=True, read_only=True)

    class Meta:
        model = Survey
        fields = (
            *("id", "organisation", "title", "introduction", "series", "is_anonymous", "audience", "site"),
            *("sample_size", "opens_on", "closes_on", "state", "purpose", "asked", "answered", "questions"),
        )
        read_only_fields = fields


class SurveyFactsSerializer(serializers.Serializer[Any]):
    """What can be changed of a draft."""

    title = serializers.CharField(max_length=150)
    introduction = serializers.CharField(required=False, default="", allow_blank=True)
    is_anonymous = serializers.BooleanField(required=False, default=True)
    audience = serializers.ChoiceField(AUDIENCES, required=False, default=Audience.EVERYBODY)
    site = VisibleField(Site, required=False, allow_null=True, default=None)
    sample_size = serializers.IntegerField(min_value=1, required=False, allow_null=True, default=None)
    opens_on = serializers.DateField(required=False, allow_null=True, default=None)
    closes_on = serializers.DateField()


class NewSurveySerializer(SurveyFactsSerializer):
    """With `questions`, or those of a `questionnaire` such as `improve` or `pulse`, with its title."""

    organisation: Any = OrganisationField("surveys.manage", required=False)
    title = serializers.CharField(max_length=150, required=False, default="", allow_blank=True)
    questionnaire = serializers.CharField(required=False, default="", allow_blank=True)
    questions = AskedSerializer(many=True, required=False, default=list)

    class Meta:
        model = Survey


class RepeatSerializer(serializers.Serializer[Any]):
    opens_on = serializers.DateField(required=False, allow_null=True, default=None)
    closes_on = serializers.DateField()


class AnswerSerializer(serializers.Serializer[Any]):
    """`options` are positions in the question's list, from 0 on."""

    question = serializers.IntegerField()
    options = serializers.ListField(child=serializers.IntegerField(min_value=0), required=False, default=list)
    number = serializers.IntegerField(required=False, allow_null=True, default=None)
    text = serializers.CharField(max_length=LONGEST, required=False, default="", allow_blank=True)


class AnswersSerializer(serializers.Serializer[Any]):
    answers = AnswerSerializer(many=True)


def given_of(answers: list[dict[str, Any]]) -> dict[int, Given]:
    return {one["question"]: Given(tuple(one["options"]), one["number"], one["text"]) for one in answers}


class WaitingSerializer(serializers.ModelSerializer[Survey]):
    """A survey that waits for one's own answer."""

    organisation: Any = serializers.SlugRelatedField("code", read_only=True)
    questions = QuestionSerializer(many=True, read_only=True)

    class Meta:
        model = Survey
        fields = ("id", "organisation", "title", "introduction", "is_anonymous", "closes_on", "questions")
        read_only_fields = fields


class MeasuredSerializer(serializers.Serializer[Any]):
    """`low` and `high`: the exact 95% interval, in per cent as `percent` is."""

    count = serializers.IntegerField()
    n = serializers.IntegerField()
    percent = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class AnswerShareSerializer(MeasuredSerializer):
    label: Any = serializers.CharField()


class FoundSerializer(serializers.Serializer[Any]):
    """`upper` and `mean` are of scales; `shares` is empty where fewer than five answered."""

    question = QuestionSerializer()
    n = serializers.IntegerField()
    is_hidden = serializers.BooleanField()
    shares = AnswerShareSerializer(many=True)
    upper = AnswerShareSerializer(allow_null=True)
    mean = serializers.FloatField(allow_null=True)
    texts = serializers.ListField(child=serializers.CharField())


class SurveyResponseSerializer(serializers.Serializer[Any]):
    asked = serializers.IntegerField()
    answered = serializers.IntegerField()
    declined = serializers.IntegerField()
    waiting = serializers.IntegerField()
    expired = serializers.IntegerField()


class AtSiteSerializer(serializers.Serializer[Any]):
    """`site` is null for the sites that are too small to be told, together."""

    site = serializers.IntegerField(source="site.pk", allow_null=True, default=None)
    answered = serializers.IntegerField()


class SurveyResultsSerializer(serializers.Serializer[Any]):
    response = SurveyResponseSerializer()
    sheets = serializers.IntegerField()
    found = FoundSerializer(many=True)
    sites = AtSiteSerializer(many=True)


class WaveShareSerializer(MeasuredSerializer):
    """One answer in one wave."""

    opens_on = serializers.DateField()
    closes_on = serializers.DateField()
    question = serializers.CharField()
    answer = serializers.CharField()
