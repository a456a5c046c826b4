"""Questionnaires to begin a survey from. Data alone: apps above register what their own surveys ask."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from feedback.vocabulary import QuestionKind
from fleet.errors import Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question, as `feedback.models.Question` keeps it. `key` is that of the waves before."""

    text: str
    kind: str = QuestionKind.SINGLE
    options: tuple[str, ...] = ()
    scale_to: int = 5
    lowest: str = ""
    highest: str = ""
    is_required: bool = False
    key: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    key: str
    title: str
    introduction: str
    questions: tuple[Asked, ...]


_questionnaires: dict[str, Questionnaire] = {}


def register(*questionnaires: Questionnaire) -> None:
    """Offer these too."""
    _questionnaires.update({one.key: one for one in questionnaires})


def offered() -> list[Questionnaire]:
    return list(_questionnaires.values())


def questionnaire_of(key: str) -> Questionnaire:
    """Raises Invalid (field `questionnaire`)."""
    if key not in _questionnaires:
        known = ", ".join(_questionnaires)
        raise Invalid(f"There is no questionnaire “{key}”: give one of {known}", field="questionnaire")
    return _questionnaires[key]


def _agree(text: str) -> Asked:
    return Asked(kind=QuestionKind.SCALE, text=text, lowest="I disagree strongly", highest="I agree strongly")


SHIPPED = (
    Questionnaire(
        key="improve",
        title="What would most improve your work?",
        introduction="Two questions, one minute. What most of you name comes first.",
        questions=(
            Asked(
                text="What would most improve your work?",
                options=(
                    "Better equipment",
                    "A faster or more reliable network",
                    "Newer software",
                    "Signing in and starting up faster",
                    "Working from anywhere",
                    "Better support when something fails",
                    "Training",
                    "Nothing: I have what I need",
                ),
                is_required=True,
            ),
            Asked(
                kind=QuestionKind.TEXT, text="Is there one thing that we should do first, and why that one?"
            ),
        ),
    ),
    Questionnaire(
        key="pulse",
        title="Pulse: how is your IT?",
        introduction="Five statements, one minute. The same are asked again, so that we see what changes.",
        questions=(
            _agree("I have the equipment that my work needs."),
            _agree("My device is ready when I am: it starts and signs in without delay."),
            _agree("I can work where I need to, in the office and away from it."),
            _agree("When something does not work, I get help in good time."),
            _agree("What staff say about IT is heard and answered."),
        ),
    ),
)
