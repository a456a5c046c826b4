"""What earlier imports left, as later ones leave it."""

from django.db import migrations

REPORTS = """
    UPDATE feedback_feedbackimport
    SET report = jsonb_build_object('refused', counts -> 'refused_rows'), counts = counts - 'refused_rows'
    WHERE counts ? 'refused_rows'
"""
NO_REPORTS = """
    UPDATE feedback_feedbackimport
    SET counts = counts || jsonb_build_object('refused_rows', report -> 'refused')
    WHERE report ? 'refused'
"""
TOPICS = """
    UPDATE feedback_thread thread SET told_topic = topic.name
    FROM feedback_topic topic WHERE topic.id = thread.topic_id AND thread.imported_id IS NOT NULL
"""
RAISED_OFFICIALLY = """
    UPDATE feedback_thread thread
    SET is_answered = true,
        answered_at = NULL,
        status = CASE thread.status WHEN 'open' THEN 'acknowledged' ELSE thread.status END
    FROM feedback_post post
    WHERE post.thread_id = thread.id AND post.is_opening AND post.is_official AND post.hidden_at IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0008_reports_of_imports"),
    ]

    operations = [
        migrations.RunSQL(REPORTS, NO_REPORTS),
        migrations.RunSQL(TOPICS, migrations.RunSQL.noop),
        migrations.RunSQL(RAISED_OFFICIALLY, migrations.RunSQL.noop),
    ]
