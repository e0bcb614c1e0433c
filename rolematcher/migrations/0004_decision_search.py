from django.db import migrations

from rolematcher.models.search import search_install, search_remove


class Migration(migrations.Migration):

    dependencies = [
        ('rolematcher', '0003_decision_lists'),
    ]

    operations = [
        migrations.RunPython(
            lambda apps, editor: search_install(editor), lambda apps, editor: search_remove(editor)
        ),
    ]
