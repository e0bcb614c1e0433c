from django.db import migrations, models
from django.db.models.functions.datetime import Now


class Migration(migrations.Migration):
    dependencies = [("rolematcher", "0014_decision_record")]

    operations = [
        migrations.CreateModel(
            name="SentForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("body_hash", models.CharField(max_length=64)),
                ("leads_to", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField(db_default=Now(), db_index=True)),
            ],
            options={"verbose_name": "sent form", "verbose_name_plural": "sent forms"},
        ),
        migrations.CreateModel(
            name="Tries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("count", models.PositiveIntegerField(default=1)),
                ("until", models.DateTimeField(db_index=True)),
            ],
            options={"verbose_name": "tries", "verbose_name_plural": "tries"},
        ),
    ]
