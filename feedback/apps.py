from django.apps import AppConfig

PERMISSIONS = {
    "feedback.view": "Read feedback, answers and commitments",
    "feedback.post": "Raise feedback, support and reply to it",
    "feedback.respond": "Answer officially, set status and owner, make commitments, announce sessions",
    "feedback.moderate": "Hide and merge threads, edit topics and policy, import comments",
    "surveys.view": "See surveys and their results",
    "surveys.manage": "Make, open and close surveys",
}


class FeedbackConfig(AppConfig):
    """What staff say about their IT, and what was answered."""

    name = "feedback"

    def ready(self) -> None:
        from feedback import measures, questionnaires
        from feedback.services.erasing import ERASERS
        from feedback.services.handing_over import CHARGES
        from feedback.services.telling import NEWS
        from fleet import access
        from fleet.services import access_log, digests, erasure, handing_over

        access.register(PERMISSIONS)
        measures.register(*measures.SHIPPED)
        questionnaires.register(*questionnaires.SHIPPED)
        access_log.register(
            **{"sheets": "Answers with names", "sign-ups": "Who comes to a session in person"}
        )
        erasure.register(*ERASERS)
        digests.register(*NEWS)
        for charge in CHARGES:
            handing_over.register(charge)
        self._hang_up_pages()

    def _hang_up_pages(self) -> None:
        from feedback.decisions import feedback_decisions
        from feedback.survey_decisions import survey_decisions
        from feedback.views.changes import KINDS
        from feedback.views.panels import PANELS
        from fleet.services import change_kinds
        from fleet.web import decisions, panels
        from fleet.web.navigation import Page, register

        decisions.register(feedback_decisions)
        decisions.register(survey_decisions)
        change_kinds.register(**KINDS)
        for place, panel in PANELS.items():
            panels.register(place, panel)
        register(
            Page(
                section="Feedback",
                title="Threads",
                url_name="feedback:thread-list",
                permissions=("feedback.view",),
                order=10,
                also=("/feedback/threads/", "/feedback/raise/"),
            ),
            Page(
                section="Feedback",
                title="Mine",
                url_name="feedback:own-threads",
                permissions=("feedback.post",),
                order=15,
            ),
            Page(
                section="Feedback",
                title="Queue",
                url_name="feedback:queue",
                permissions=("feedback.respond",),
                order=20,
            ),
            Page(
                section="Feedback",
                title="What was answered",
                url_name="feedback:figures",
                permissions=("feedback.view",),
                order=30,
            ),
            Page(
                section="Feedback",
                title="What hurts most",
                url_name="feedback:pain",
                permissions=("feedback.view",),
                order=25,
            ),
            Page(
                section="Feedback",
                title="You said, we did",
                url_name="feedback:settled-list",
                permissions=("feedback.view",),
                order=35,
            ),
            Page(
                section="Feedback",
                title="Commitments",
                url_name="feedback:commitment-list",
                permissions=("feedback.view",),
                order=40,
            ),
            Page(
                section="Feedback",
                title="Surveys",
                url_name="feedback:survey-list",
                permissions=("surveys.view", "surveys.manage"),
                order=50,
                also=("/feedback/questions/",),
            ),
            Page(
                section="Feedback",
                title="Surveys for me",
                url_name="feedback:own-surveys",
                permissions=("feedback.view",),
                order=55,
            ),
            Page(
                section="Feedback",
                title="Sessions in person",
                url_name="feedback:gathering-list",
                permissions=("feedback.view",),
                order=60,
            ),
            Page(
                section="Feedback",
                title="Topics",
                url_name="feedback:topic-list",
                permissions=("feedback.moderate",),
                is_whole=True,
                order=80,
            ),
            Page(
                section="Feedback",
                title="Rules",
                url_name="feedback:policy-list",
                permissions=("feedback.moderate",),
                is_whole=True,
                order=85,
            ),
            Page(
                section="Feedback",
                title="Imports",
                url_name="feedback:import-list",
                permissions=("feedback.moderate",),
                is_whole=True,
                order=90,
            ),
        )
