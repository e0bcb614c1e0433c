from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rolematcher', '0009_replay_index'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['-id'], name='decision_newest'),
        ),
    ]
