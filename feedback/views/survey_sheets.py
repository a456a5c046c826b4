"""Who answered what, of a survey whose answers are kept with names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from feedback.models import Answer, Survey
from feedback.vocabulary import QuestionKind
from fleet.web.tables import Column

SHEETS = (
    Column(key="name", title="Name"),
    Column(key="staff_number", title="Staff number"),
    Column(key="filled_at", title="Answered"),
    Column(key="question", title="Question"),
    Column(key="answer", title="Answer"),
)


def sheets_of(survey: Survey) -> Iterator[dict[str, Any]]:
    """A row for each answer; two queries."""
    questions = {one.pk: one for one in survey.questions.all()}
    rows = Answer.objects.filter(sheet__survey=survey, sheet__invitee__isnull=False)
    rows = rows.select_related("sheet__invitee__staff_member").order_by(
        "sheet__filled_at", "sheet", "question"
    )
    for row in rows:
        person = row.sheet.invitee.staff_member if row.sheet.invitee else None
        yield {
            "name": person.name if person else "",
            "staff_number": person.staff_number if person else "",
            "filled_at": row.sheet.filled_at,
            "question": questions[row.question_id].text,
            "answer": words_of(row, questions[row.question_id]),
        }


def words_of(answer: Answer, question: Any) -> str:
    if question.kind == QuestionKind.TEXT:
        return answer.text
    if question.kind == QuestionKind.SCALE:
        return str(answer.number)
    return "; ".join(question.options[at] for at in answer.options)
