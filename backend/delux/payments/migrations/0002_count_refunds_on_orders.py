from django.db import migrations

# What earlier refunds returned, counted on the order; `payments` knows it, so the counting stands here.
COUNT = """
UPDATE orders_order SET refunded_amount = returned.amount
FROM (
    SELECT order_id, sum(refunded_amount) AS amount FROM payments_payment
    WHERE refunded_amount > 0 GROUP BY order_id
) returned
WHERE returned.order_id = orders_order.id
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial"), ("orders", "0004_refunded_amount")]

    operations = [migrations.RunSQL(COUNT, migrations.RunSQL.noop)]
