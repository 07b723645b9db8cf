from django.db import IntegrityError


def violated(error: IntegrityError) -> str:
    """Return the name of the constraint the database refused a write by, for a service to say it in words."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
