from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fleet", "0048_retired_mappings")]

    operations = [
        migrations.AddField(
            model_name="import",
            name="head",
            field=models.BinaryField(default=b""),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("content", b""), _negated=True), ("head", b""), _connector="OR"),
                name="import_head_goes_with_its_file",
            ),
        ),
    ]
