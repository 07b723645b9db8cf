import django.db.models.deletion
from django.db import migrations, models

# All parts there are: longer than a request's statement may take.
TAKE_FROM_THE_ORDER = """
    SET statement_timeout = 0;
    UPDATE orders_fulfilment SET currency = orders_order.currency
    FROM orders_order
    WHERE orders_order.id = order_id AND orders_fulfilment.currency <> orders_order.currency;
    RESET statement_timeout;
"""


class Migration(migrations.Migration):
    # Rows changed by an update cannot have their table altered in the same transaction.
    atomic = False

    dependencies = [
        ("accounts", "0002_sign_ins"),
        ("orders", "0004_refunded_amount"),
    ]

    operations = [
        migrations.AddField(
            model_name="fulfilment",
            name="currency",
            field=models.CharField(
                choices=[("KZT", "Kazakhstani tenge"), ("KGS", "Kyrgyzstani som"), ("USD", "US dollar")],
                default="KZT",
                help_text="The order's",
                max_length=3,
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(TAKE_FROM_THE_ORDER, migrations.RunSQL.noop),
        migrations.AddField(
            model_name="orderitem",
            name="part",
            field=models.ForeignObject(
                from_fields=["order", "organizer"],
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="lines",
                to="orders.fulfilment",
                to_fields=["order", "organizer"],
            ),
        ),
        migrations.AddIndex(
            model_name="fulfilment",
            index=models.Index(
                condition=models.Q(("opened_at__isnull", False)),
                fields=["organizer", "currency", "opened_at"],
                include=("order",),
                name="fulfilment_sold",
            ),
        ),
        migrations.AddIndex(
            model_name="orderitem",
            index=models.Index(
                fields=["organizer", "order"],
                include=(
                    "ticket_type",
                    "variant",
                    "item_type",
                    "quantity",
                    "refunded_quantity",
                    "unit_price",
                ),
                name="order_item_sums",
            ),
        ),
    ]
