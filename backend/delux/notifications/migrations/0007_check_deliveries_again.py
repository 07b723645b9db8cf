# In a transaction of its own: rows are looked at while others are being written.

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("notifications", "0006_sms")]

    operations = [ValidateConstraint(model_name="delivery", name="delivery_of_one_of_four")]
