from django.db import migrations, models

import delux.core.trace


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_check_email_proofs")]

    operations = [
        migrations.AddField(
            model_name="emailproof",
            name="request_id",
            field=models.CharField(
                blank=True,
                db_default="",
                default=delux.core.trace.current_request,
                editable=False,
                max_length=64,
            ),
        ),
    ]
