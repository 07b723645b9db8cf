from django.db import migrations, models

import delux.core.trace


class Migration(migrations.Migration):
    dependencies = [("notifications", "0007_check_deliveries_again")]

    operations = [
        migrations.AddField(
            model_name="delivery",
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
