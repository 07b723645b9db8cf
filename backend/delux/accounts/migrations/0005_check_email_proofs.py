# In a transaction of its own: rows are looked at while others are being written.

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_phone_codes")]

    operations = [ValidateConstraint(model_name="emailproof", name="email_proof_for_a_purpose")]
