"""Who may change a survey, and until when."""

from __future__ import annotations

from feedback.models import Survey
from feedback.vocabulary import SurveyState
from fleet.errors import Conflict, Forbidden
from fleet.models import User

PERMISSION = "surveys.manage"


def check_manages(by: User, survey: Survey) -> None:
    """Raises Forbidden."""
    if not by.access.may_change(PERMISSION, organisation_id=survey.organisation_id, site_id=survey.site_id):
        raise Forbidden("Your roles do not let you manage this survey.")


def lock_draft(survey: Survey) -> None:
    """Nobody opens the survey meanwhile. Raises Conflict."""
    if not Survey.objects.select_for_update().filter(pk=survey.pk, state=SurveyState.DRAFT).exists():
        raise Conflict("This survey was opened: what it asks stays as it is. Repeat it to ask otherwise.")
