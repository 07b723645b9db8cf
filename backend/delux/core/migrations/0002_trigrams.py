from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    """Searching with typos, in every app that searches. A trusted extension: no superuser is needed."""

    dependencies = [("core", "0001_initial")]

    operations = [TrigramExtension()]
