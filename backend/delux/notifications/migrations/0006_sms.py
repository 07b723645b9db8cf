import django.db.models.deletion
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q


def of_one(*names):
    """Tell that exactly one of the named fields is set."""
    ways = Q()
    for given in names:
        ways |= Q(**{f"{name}__isnull": name != given for name in names})
    return ways


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_check_email_proofs"), ("notifications", "0005_check_deliveries")]

    operations = [
        migrations.RemoveConstraint(model_name="delivery", name="delivery_of_one_of_three"),
        migrations.AddField(
            model_name="delivery",
            name="code",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="delivery",
                to="accounts.verificationcode",
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="channel",
            field=models.CharField(choices=[("email", "E-mail"), ("sms", "SMS")], max_length=10),
        ),
        AddConstraintNotValid(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=of_one("notification", "proof", "invitation", "code"),
                name="delivery_of_one_of_four",
            ),
        ),
    ]
