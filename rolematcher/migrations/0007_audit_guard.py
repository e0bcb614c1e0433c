from django.db import migrations

from rolematcher.models.audit_guard import guard_off, guard_on


class Migration(migrations.Migration):

    dependencies = [
        ("rolematcher", "0006_brief_outbox"),
    ]

    operations = [
        migrations.RunPython(
            lambda apps, editor: guard_on(editor.connection), lambda apps, editor: guard_off(editor.connection)
        ),
    ]
