"""People, how they sign in, and the profile of those who sell."""

from typing import ClassVar

import phonenumbers
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.db.models.functions import Lower

from delux.core.markets import CURRENCY_OF, Market
from delux.core.models import BaseModel
from delux.core.money import ZERO, Currency, MoneyField
from delux.core.trace import current_request


class Language(models.TextChoices):
    RU = "ru", "Русский"
    KK = "kk", "Қазақша"
    KY = "ky", "Кыргызча"
    EN = "en", "English"


# Where the mail of those who had themselves forgotten would go: nowhere, by RFC 2606.
NOWHERE = "@erased.invalid"


def written_number(phone: str) -> str:
    """Return a number in E.164 as people write it: +7 701 234 5678."""
    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return phone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


class UserManager(BaseUserManager["User"]):
    """How rows of people are made; the rules of registering live in services.registration."""

    def create_user(self, email: str | None = None, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=email.strip().lower() if email else None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str, **fields: object) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin, BaseModel):
    """A person. E-mail is kept in lower case and compared without case."""

    email = models.EmailField(null=True, blank=True)
    # Set once somebody has proven that the address is theirs; until then no other way of signing in joins it.
    email_verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    phone = models.CharField(max_length=16, null=True, blank=True, help_text="E.164")
    # Set once a code has shown that the number is theirs; until then it is only where they may be called.
    phone_verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    first_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80, blank=True)
    avatar = models.CharField(max_length=80, blank=True, help_text="Key of a stored picture (core.images)")
    market = models.CharField(max_length=3, choices=Market.choices, default=Market.KZ)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.RU)
    currency = models.CharField(max_length=3, choices=Currency.choices, default=Currency.KZT)
    birthday = models.DateField(null=True, blank=True)
    city = models.CharField(max_length=80, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(db_default=models.functions.Now(), editable=False)
    # Stands in every access token; raising it (new password, block) makes all of them worthless at once.
    token_version = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            UniqueConstraint(Lower("email"), name="user_email_unique"),
            UniqueConstraint(fields=["phone"], name="user_phone_unique"),
            CheckConstraint(condition=Q(email__isnull=False) | Q(phone__isnull=False), name="user_reachable"),
            CheckConstraint(condition=Q(market__in=["KZ", "KG", "US"]), name="user_market_known"),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email or self.phone or f"#{self.pk}"

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def called(self) -> str:
        """What a person they deal with is told of them: the name, else the e-mail, else the number's end."""
        return self.get_full_name() or self.email or f"•••{(self.phone or '')[-4:]}"

    @property
    def desk_name(self) -> str:
        """What who sold to them is told of them: as ``called``, but with the whole number."""
        return self.get_full_name() or self.email or written_number(self.phone or "")

    @property
    def takes_mail(self) -> bool:
        return self.email is not None and not self.email.endswith(NOWHERE)


class OrganizerProfile(BaseModel):
    """The face of a person who sells: events, gear or both. Everything sold belongs to a profile."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="organizer_profile")
    display_name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, unique=True)
    bio = models.TextField(max_length=4000, blank=True)
    city = models.CharField(max_length=80, blank=True)
    instagram = models.CharField(max_length=60, blank=True)
    logo = models.CharField(max_length=80, blank=True)
    verified = models.BooleanField(default=False)
    market = models.CharField(max_length=3, choices=Market.choices, default=Market.KZ)
    shipping_price = MoneyField(
        default=ZERO, help_text="What one delivery costs the buyer, in the market's currency"
    )
    pickup_address = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(shipping_price__gte=0), name="organizer_shipping_not_negative"),
            CheckConstraint(condition=Q(market__in=["KZ", "KG", "US"]), name="organizer_market_known"),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def currency(self) -> str:
        """What this organizer sells and counts in."""
        return CURRENCY_OF[Market(self.market)]


class AddressQuerySet(models.QuerySet["Address"]):
    def visible_to(self, viewer: User) -> "AddressQuerySet":
        """Where somebody lives is seen by that person alone."""
        return self.filter(user=viewer)


class Address(BaseModel):
    """A place a person has things sent to; its fields were checked against its country's rules."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="addresses")
    recipient = models.CharField(max_length=120)
    phone = models.CharField(max_length=16)
    country = models.CharField(max_length=2)
    region = models.CharField(max_length=80, blank=True)
    city = models.CharField(max_length=80)
    street = models.CharField(max_length=200)
    postal_code = models.CharField(max_length=12)
    is_default = models.BooleanField(default=False)

    objects = AddressQuerySet.as_manager()

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["user"], condition=Q(is_default=True), name="address_one_default_per_user"
            ),
            CheckConstraint(condition=Q(country__in=["KZ", "KG", "US"]), name="address_country_known"),
        ]

    def __str__(self) -> str:
        return f"{self.recipient}, {self.city}"


class VerificationCode(BaseModel):
    """A one-time code sent to a phone. As with EmailProof the code is in no row; tries are counted here."""

    class Purpose(models.TextChoices):
        SIGN_IN = "phone_sign_in", "Sign-in code"
        CONFIRM_PHONE = "confirm_phone", "Phone confirmation"

    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    phone = models.CharField(max_length=16, help_text="E.164")
    key = models.CharField(max_length=32, unique=True)
    language = models.CharField(max_length=2, choices=Language.choices)
    from_known_browser = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True, help_text="When it was used, or the next one sent")
    request_id = models.CharField(
        max_length=64, blank=True, editable=False, default=current_request, db_default=""
    )

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["phone"], condition=Q(used_at__isnull=True), name="one_live_code_per_phone"
            ),
            CheckConstraint(condition=Q(attempts__lte=5), name="verification_code_five_tries"),
            CheckConstraint(
                condition=Q(purpose__in=["phone_sign_in", "confirm_phone"]),
                name="verification_code_purpose_known",
            ),
        ]
        indexes = [
            models.Index(fields=["phone", "expires_at"], name="verification_code_of_phone"),
            models.Index(fields=["expires_at"], name="verification_code_age"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} #{self.pk}"


class EmailProof(BaseModel):
    """A secret mailed to an address: whoever brings it back has shown that the address is theirs.

    The secret is in no row: it is computed from ``key`` under SECRET_KEY (services.proofs), so neither a copy
    of the database nor the queue of mails gives it away. Tries are counted in the row.
    """

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in", "Sign-in code"
        RESET_PASSWORD = "reset_password", "Password reset"
        CONFIRM_EMAIL = "confirm_email", "E-mail confirmation"
        ADD_EMAIL = "add_email", "Code for a new e-mail"

    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    email = models.EmailField()
    key = models.CharField(max_length=32, unique=True)
    language = models.CharField(max_length=2, choices=Language.choices)
    attempts = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    request_id = models.CharField(
        max_length=64, blank=True, editable=False, default=current_request, db_default=""
    )

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(attempts__lte=5), name="email_proof_five_tries"),
            CheckConstraint(
                condition=Q(purpose__in=["sign_in", "reset_password", "confirm_email", "add_email"]),
                name="email_proof_for_a_purpose",
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="email_proof_age")]

    def __str__(self) -> str:
        return f"{self.purpose} #{self.pk}"


class TokenFamilyQuerySet(models.QuerySet["TokenFamily"]):
    def visible_to(self, viewer: User) -> "TokenFamilyQuerySet":
        """Where somebody is signed in is seen by that person alone."""
        return self.filter(user=viewer)


class TokenFamily(BaseModel):
    """One sign-in on one device: the chain of refresh tokens that began with it.

    A token is ``<key>.<secret>``: the key is the family's, the secret changes with each use. Only hashes are
    kept. A secret that is neither the current one nor, for ten seconds, the one before (two tabs refreshing
    at once, or a lost answer) proves a copy, as nobody else knows the key, and the family is revoked.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="token_families")
    key_hash = models.CharField(max_length=64, unique=True)
    current_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64, blank=True)
    rotated_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    reused_at = models.DateTimeField(null=True, blank=True, help_text="When a copied token gave itself away")
    user_agent = models.CharField(max_length=200, blank=True)

    objects = TokenFamilyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "token families"
        constraints = [
            # What was found copied is never left open.
            CheckConstraint(
                condition=Q(reused_at__isnull=True) | Q(revoked_at__isnull=False),
                name="token_family_reused_is_revoked",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "expires_at"], name="token_family_of_user"),
            models.Index(
                fields=["reused_at"], condition=Q(reused_at__isnull=False), name="token_family_reused"
            ),
        ]


class GuessCounter(BaseModel):
    """Tries of one account, device or address in a window of time; moved only by services.guessing."""

    key_hash = models.CharField(max_length=64, unique=True)
    attempts = models.PositiveIntegerField(default=0)
    window_ends_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["window_ends_at"], name="guess_counter_age")]
