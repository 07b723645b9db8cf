from django.db import migrations


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("demo", "0001_a_column")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX CONCURRENTLY order_gifts ON orders_order (gift_note)",
            "DROP INDEX CONCURRENTLY order_gifts",
        )
    ]
