from django.db import migrations


class Migration(migrations.Migration):
    """As a release would: a column that the code at work does not know."""

    operations = [
        migrations.RunSQL(
            "ALTER TABLE orders_order ADD COLUMN gift_note text NULL",
            "ALTER TABLE orders_order DROP COLUMN gift_note",
        )
    ]
