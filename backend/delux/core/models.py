"""What every table shares, and the one that belongs to no business: answers to requests that may repeat."""

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint
from django.db.models.functions import Now
from django.utils.translation import get_language


class BaseModel(models.Model):
    """A row that knows when it was made and last changed; the database fills both where a query does not."""

    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(auto_now=True, db_default=Now())

    class Meta:
        abstract = True


class TranslatedName(models.Model):
    """A name that people read in their own language; Russian is always there, the others fall back to it."""

    name_ru = models.CharField(max_length=120)
    name_kk = models.CharField(max_length=120, blank=True)
    name_ky = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        """The name in the language of the request."""
        return getattr(self, f"name_{get_language()}", "") or self.name_ru

    def __str__(self) -> str:
        return self.name


def agrees(status: str, timestamp: str) -> Q:
    """A constraint's condition: a row in ``status`` has ``timestamp`` set."""
    return ~Q(status=status) | Q(**{f"{timestamp}__isnull": False})


def status_check(statuses: tuple[str, ...], name: str) -> models.CheckConstraint:
    """Only the declared statuses may be stored, whoever writes the row."""
    return models.CheckConstraint(condition=Q(status__in=statuses), name=name)


class IdempotencyKey(BaseModel):
    """The answer given to a request that must not take effect twice, kept for a day."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=200)
    key = models.CharField(max_length=255)
    body_hash = models.CharField(max_length=64)
    status_code = models.PositiveSmallIntegerField()
    body = models.BinaryField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["actor", "method", "path", "key"], name="idempotency_key_unique")
        ]
        indexes = [models.Index(fields=["created_at"], name="idempotency_key_age")]
