from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rolematcher', '0012_client_order'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='auditevent',
            index=models.Index(fields=['at'], name='audit_at'),
        ),
    ]
