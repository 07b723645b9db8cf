from django.db import migrations, models

import delux.core.trace


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_request_of_email_proof")]

    operations = [
        migrations.AddField(
            model_name="verificationcode",
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
