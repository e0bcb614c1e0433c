import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rolematcher', '0002_override_number'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='decision',
            name='decision_client',
        ),
        migrations.RemoveIndex(
            model_name='decision',
            name='decision_packed',
        ),
        migrations.AddField(
            model_name='decision',
            name='course_rule',
            field=models.CharField(blank=True, max_length=60, verbose_name='rule that gave the course'),
        ),
        migrations.AddField(
            model_name='decision',
            name='erased_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='texts erased'),
        ),
        migrations.AddField(
            model_name='decision',
            name='need_rule',
            field=models.CharField(blank=True, max_length=60, verbose_name='rule that gave the need'),
        ),
        migrations.AddField(
            model_name='decision',
            name='role_rule',
            field=models.CharField(blank=True, max_length=60, verbose_name='rule that gave the role'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='created_at',
            field=models.DateTimeField(auto_now_add=True, verbose_name='made'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='edition',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='rolematcher.edition', verbose_name='edition'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='owner',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='recruiter'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='status',
            field=models.CharField(choices=[('made', 'made'), ('sent', 'sent'), ('accepted', 'accepted'), ('filled', 'filled'), ('dropped', 'dropped')], default='made', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='team',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to='rolematcher.team', verbose_name='team'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='version_of',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='later_versions', to='rolematcher.decision', verbose_name='version of'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['status', '-id'], name='decision_status'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['firm', '-id'], name='decision_firm'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['edition', '-id'], name='decision_edition'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['need_rule', '-id'], name='decision_need_rule'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['role_rule', '-id'], name='decision_role_rule'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['course_rule', '-id'], name='decision_course_rule'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['client', '-id'], name='decision_client'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['edition', 'packed', 'role', 'course'], name='decision_packed'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['created_at', 'role', 'course', 'grade', 'firm', 'overridden'], name='decision_counts'),
        ),
    ]
