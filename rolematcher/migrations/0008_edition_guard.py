from django.db import migrations

from rolematcher.models.edition_guard import edition_guard_off, edition_guard_on


class Migration(migrations.Migration):

    dependencies = [
        ('rolematcher', '0007_audit_guard'),
    ]

    operations = [
        migrations.RunPython(
            lambda apps, editor: edition_guard_on(editor), lambda apps, editor: edition_guard_off(editor)
        ),
    ]
