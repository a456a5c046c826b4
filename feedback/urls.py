"""The addresses of feedback's pages."""

from django.urls import path

from feedback.views import (
    answering,
    attachments,
    editing,
    figures,
    gatherings,
    import_page,
    importing,
    merging,
    moderating,
    pain,
    policy,
    promising,
    queue_changes,
    raising,
    settled,
    survey,
    survey_answering,
    survey_questions,
    surveys,
    thread,
    threads,
    topics,
)

app_name = "feedback"

THREADS = [
    path("feedback/", threads.ThreadList.as_view(), name="thread-list"),
    path("feedback/raise/", raising.RaiseThread.as_view(), name="thread-raise"),
    path("feedback/threads/<int:pk>/", thread.ThreadPage.as_view(), name="thread-detail"),
    path("feedback/mine/", threads.OwnThreads.as_view(), name="own-threads"),
    path("feedback/threads/<int:pk>/leave/", raising.LeaveThread.as_view(), name="thread-leave"),
    path("feedback/threads/<int:pk>/voice/", raising.ChangeVoice.as_view(), name="voice-edit"),
    path("feedback/threads/<int:pk>/join/", raising.JoinThread.as_view(), name="thread-join"),
    path("feedback/threads/<int:pk>/reply/", raising.ReplyToThread.as_view(), name="thread-reply"),
]

MODERATION = [
    path("feedback/threads/<int:pk>/hide/", moderating.HideThread.as_view(), name="thread-hide"),
    path("feedback/threads/<int:pk>/show/", moderating.ShowThread.as_view(), name="thread-show"),
    path("feedback/threads/<int:pk>/merge/", merging.MergeThread.as_view(), name="thread-merge"),
    path("feedback/threads/<int:pk>/unmerge/", merging.UnmergeThread.as_view(), name="thread-unmerge"),
    path("feedback/threads/<int:pk>/sort/", moderating.SortThread.as_view(), name="thread-sort"),
    path("feedback/posts/<int:pk>/hide/", moderating.HidePost.as_view(), name="post-hide"),
    path("feedback/posts/<int:pk>/show/", moderating.ShowPost.as_view(), name="post-show"),
]

ATTACHMENTS = [
    path("feedback/attachments/<int:pk>/", attachments.ShowAttachment.as_view(), name="attachment-show"),
    path(
        "feedback/attachments/<int:pk>/remove/",
        attachments.RemoveAttachment.as_view(),
        name="attachment-remove",
    ),
    path("feedback/posts/<int:pk>/attach/", attachments.Attach.as_view(), name="post-attach"),
]

EDITING = [
    path("feedback/posts/<int:pk>/edit/", editing.EditPost.as_view(), name="post-edit"),
    path("feedback/posts/<int:pk>/history/", editing.PostHistory.as_view(), name="post-history"),
]

ANSWERS = [
    path("feedback/queue/", answering.Queue.as_view(), name="queue"),
    path("feedback/queue/several/", answering.Several.as_view(), name="several"),
    path("feedback/queue/changes/", queue_changes.QueueChangeList.as_view(), name="queue-change-list"),
    path(
        "feedback/queue/changes/<int:pk>/undo/",
        queue_changes.UndoQueueChange.as_view(),
        name="queue-change-undo",
    ),
    path("feedback/threads/<int:pk>/respond/", answering.Respond.as_view(), name="thread-respond"),
    path("feedback/figures/", figures.FiguresPage.as_view(), name="figures"),
]

COMMITMENTS = [
    path("feedback/commitments/", promising.CommitmentList.as_view(), name="commitment-list"),
    path("feedback/commitments/<int:pk>/", promising.CommitmentPage.as_view(), name="commitment-detail"),
    path(
        "feedback/commitments/<int:pk>/withdraw/",
        promising.WithdrawCommitment.as_view(),
        name="commitment-withdraw",
    ),
    path("feedback/threads/<int:pk>/commit/", promising.Commit.as_view(), name="commit"),
]

IMPORTS = [
    path("feedback/imports/", importing.ImportList.as_view(), name="import-list"),
    path("feedback/imports/add/", importing.AddImport.as_view(), name="import-add"),
    path("feedback/imports/<int:pk>/", import_page.ImportPage.as_view(), name="import-detail"),
    path("feedback/imports/<int:pk>/confirm/", importing.ConfirmImport.as_view(), name="import-confirm"),
    path("feedback/imports/<int:pk>/undo/", importing.UndoImport.as_view(), name="import-undo"),
    path("feedback/imports/<int:pk>/discard/", importing.DiscardImport.as_view(), name="import-discard"),
]

POLICY = [
    path("feedback/topics/", topics.TopicList.as_view(), name="topic-list"),
    path("feedback/topics/add/", topics.AddTopic.as_view(), name="topic-add"),
    path("feedback/topics/<int:pk>/edit/", topics.EditTopic.as_view(), name="topic-edit"),
    path("feedback/policies/", policy.PolicyList.as_view(), name="policy-list"),
    path("feedback/policies/<int:pk>/edit/", policy.EditPolicy.as_view(), name="policy-edit"),
]

SURVEYS = [
    path("feedback/surveys/", surveys.SurveyList.as_view(), name="survey-list"),
    path("feedback/surveys/make/", surveys.MakeSurvey.as_view(), name="survey-make"),
    path("feedback/surveys/for-me/", survey_answering.OwnSurveys.as_view(), name="own-surveys"),
    path("feedback/surveys/<int:pk>/", survey.SurveyPage.as_view(), name="survey-detail"),
    path("feedback/surveys/<int:pk>/edit/", surveys.EditSurvey.as_view(), name="survey-edit"),
    path("feedback/surveys/<int:pk>/remove/", surveys.RemoveSurvey.as_view(), name="survey-remove"),
    path("feedback/surveys/<int:pk>/repeat/", surveys.RepeatSurvey.as_view(), name="survey-repeat"),
    path("feedback/surveys/<int:pk>/open/", survey.OpenSurvey.as_view(), name="survey-open"),
    path("feedback/surveys/<int:pk>/remind/", survey.RemindPeople.as_view(), name="survey-remind"),
    path("feedback/surveys/<int:pk>/close/", survey.CloseSurvey.as_view(), name="survey-close"),
    path("feedback/surveys/<int:pk>/ask/", survey_questions.AddQuestion.as_view(), name="question-add"),
    path("feedback/questions/<int:pk>/edit/", survey_questions.EditQuestion.as_view(), name="question-edit"),
    path("feedback/questions/<int:pk>/move/", survey_questions.MoveQuestion.as_view(), name="question-move"),
    path(
        "feedback/questions/<int:pk>/remove/",
        survey_questions.RemoveQuestion.as_view(),
        name="question-remove",
    ),
    path("feedback/surveys/for-me/<int:pk>/", survey_answering.AnswerSurvey.as_view(), name="survey-answer"),
    path(
        "feedback/surveys/for-me/<int:pk>/decline/",
        survey_answering.DeclineSurvey.as_view(),
        name="survey-decline",
    ),
    # The secret is taken out before: feedback.middleware.
    path("feedback/surveys/link", survey_answering.follow_link, name="survey-linked"),
    path("feedback/surveys/link/<str:secret>/", survey_answering.follow_link, name="survey-link"),
]

SESSIONS = [
    path("feedback/sessions/", gatherings.GatheringList.as_view(), name="gathering-list"),
    path("feedback/sessions/announce/", gatherings.AnnounceGathering.as_view(), name="gathering-announce"),
    path("feedback/sessions/<int:pk>/", gatherings.GatheringPage.as_view(), name="gathering-detail"),
    path("feedback/sessions/<int:pk>/edit/", gatherings.EditGathering.as_view(), name="gathering-edit"),
    path("feedback/sessions/<int:pk>/cancel/", gatherings.CancelGathering.as_view(), name="gathering-cancel"),
    path("feedback/sessions/<int:pk>/sign-up/", gatherings.SignUpFor.as_view(), name="gathering-sign-up"),
    path(
        "feedback/sessions/<int:pk>/withdraw/", gatherings.WithdrawFrom.as_view(), name="gathering-withdraw"
    ),
    path("feedback/sessions/<int:pk>/notes/", gatherings.NoteOf.as_view(), name="gathering-note"),
]

INSIGHT = [
    path("feedback/you-said-we-did/", settled.SettledList.as_view(), name="settled-list"),
    path("feedback/pain/", pain.PainPage.as_view(), name="pain"),
]

urlpatterns = [
    *THREADS,
    *MODERATION,
    *ATTACHMENTS,
    *EDITING,
    *ANSWERS,
    *COMMITMENTS,
    *IMPORTS,
    *POLICY,
    *SURVEYS,
    *INSIGHT,
    *SESSIONS,
]
