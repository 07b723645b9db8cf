from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # People go on buying while it is built.
    atomic = False

    dependencies = [
        ("orders", "0005_part_currency"),
    ]

    operations = [
        migrations.RunSQL("SET statement_timeout = 0", migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name="fulfilment",
            index=models.Index(
                fields=["organizer", "created_at"],
                include=("currency", "opened_at"),
                name="fulfilment_placed",
            ),
        ),
        migrations.RunSQL("RESET statement_timeout", migrations.RunSQL.noop),
    ]
