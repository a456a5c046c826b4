"""The addresses of feedback's pages."""

from django.urls import path

from feedback.views import raising, thread, threads

app_name = "feedback"

THREADS = [
    path("feedback/", threads.ThreadList.as_view(), name="thread-list"),
    path("feedback/raise/", raising.RaiseThread.as_view(), name="thread-raise"),
    path("feedback/threads/<int:pk>/", thread.ThreadPage.as_view(), name="thread-detail"),
    path("feedback/threads/<int:pk>/join/", raising.JoinThread.as_view(), name="thread-join"),
    path("feedback/threads/<int:pk>/reply/", raising.ReplyToThread.as_view(), name="thread-reply"),
]

urlpatterns = [*THREADS]
