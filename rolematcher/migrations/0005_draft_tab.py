from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rolematcher", "0004_decision_search")]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="saved_by",
            field=models.CharField(blank=True, default="", max_length=36),
            preserve_default=False,
        ),
    ]
