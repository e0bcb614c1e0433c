from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rolematcher', '0008_edition_guard'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='decision', name='decision_packed'),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['edition', 'role', 'course', 'packed'], name='decision_packed'),
        ),
    ]
