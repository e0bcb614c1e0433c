from django.db import migrations, models

PLAIN = {"verdict": "verdict_plain", "money": "money_plain", "profiles": "profiles_plain"}


class Migration(migrations.Migration):
    """Adds an empty column and a table, so it is quick at any size; `retention` packs older rows by and by."""

    dependencies = [
        ('rolematcher', '0013_audit_at'),
    ]

    operations = [
        migrations.CreateModel(
            name='RecordPart',
            fields=[
                ('sha256', models.CharField(editable=False, max_length=64, primary_key=True, serialize=False)),
                ('body', models.BinaryField()),
            ],
            options={
                'verbose_name': 'shared part of records',
                'verbose_name_plural': 'shared parts of records',
            },
        ),
        # The columns keep their names in the database: only Django knows them by another one.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                operation
                for column, name in PLAIN.items()
                for operation in (
                    migrations.RenameField('decision', column, name),
                    migrations.AlterField(
                        'decision', name, models.JSONField(db_column=column, default=dict, editable=False)
                    ),
                )
            ],
        ),
        migrations.AddField(
            model_name='decision',
            name='record',
            field=models.BinaryField(editable=False, null=True, verbose_name='what it rested on'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(
                condition=models.Q(('record', None)), fields=['id'], name='decision_unpacked'
            ),
        ),
    ]
