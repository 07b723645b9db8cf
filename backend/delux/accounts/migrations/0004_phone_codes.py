# The table of codes has never been written to: what it lacked can be demanded of every row.

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_mailed_proofs")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="phone_verified_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.RemoveConstraint(model_name="emailproof", name="email_proof_purpose_known"),
        migrations.AlterField(
            model_name="emailproof",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("sign_in", "Sign-in code"),
                    ("reset_password", "Password reset"),
                    ("confirm_email", "E-mail confirmation"),
                    ("add_email", "Code for a new e-mail"),
                ],
                max_length=20,
            ),
        ),
        AddConstraintNotValid(
            model_name="emailproof",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("purpose__in", ["sign_in", "reset_password", "confirm_email", "add_email"])
                ),
                name="email_proof_for_a_purpose",
            ),
        ),
        migrations.RemoveField(model_name="verificationcode", name="code_hash"),
        migrations.RemoveField(model_name="verificationcode", name="market"),
        migrations.AddField(
            model_name="verificationcode",
            name="purpose",
            field=models.CharField(
                choices=[("phone_sign_in", "Sign-in code"), ("confirm_phone", "Phone confirmation")],
                default="phone_sign_in",
                max_length=20,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="verificationcode",
            name="key",
            field=models.CharField(default="", max_length=32, unique=True),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="verificationcode",
            name="language",
            field=models.CharField(
                choices=[("ru", "Русский"), ("kk", "Қазақша"), ("ky", "Кыргызча"), ("en", "English")],
                default="ru",
                max_length=2,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="verificationcode",
            name="from_known_browser",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="verificationcode",
            name="phone",
            field=models.CharField(help_text="E.164", max_length=16),
        ),
        migrations.AlterField(
            model_name="verificationcode",
            name="used_at",
            field=models.DateTimeField(
                blank=True, help_text="When it was used, or the next one sent", null=True
            ),
        ),
        migrations.AddIndex(
            model_name="verificationcode",
            index=models.Index(fields=["phone", "expires_at"], name="verification_code_of_phone"),
        ),
        migrations.AddIndex(
            model_name="verificationcode",
            index=models.Index(fields=["expires_at"], name="verification_code_age"),
        ),
        migrations.AddConstraint(
            model_name="verificationcode",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ["phone_sign_in", "confirm_phone"])),
                name="verification_code_purpose_known",
            ),
        ),
    ]
