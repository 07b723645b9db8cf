from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from delux.accounts.models import Address, Language, OrganizerProfile, User
from delux.core.api.serializers import CleanCharField, ImageOutput, MoneyField, StrictSerializer
from delux.core.images import image_urls
from delux.core.markets import HOME_MARKETS, ZONE_OF, Market
from delux.core.money import Currency

HOME_MARKET_CHOICES = [(market.value, str(market.label)) for market in HOME_MARKETS]
INSTAGRAM = r"^[A-Za-z0-9._]{1,30}$"


class PasswordField(serializers.CharField):
    """Taken as typed; bounded, as hashing a megabyte is work a stranger should not be able to order."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=128, trim_whitespace=False, write_only=True, style={"input_type": "password"}, **kwargs
        )


class RegisterInput(StrictSerializer):
    email = serializers.EmailField(max_length=254)
    password = PasswordField()
    first_name = CleanCharField(max_length=80)
    last_name = CleanCharField(max_length=80, required=False, allow_blank=True, default="")
    market = serializers.ChoiceField(choices=HOME_MARKET_CHOICES, default="KZ")
    language = serializers.ChoiceField(
        choices=Language.choices, required=False, help_text="By default the language of the request."
    )


class LoginInput(StrictSerializer):
    email = serializers.CharField(max_length=254, help_text="Compared without case.")
    password = PasswordField()


class MailInput(StrictSerializer):
    """Where to mail a code or a link."""

    email = serializers.EmailField(max_length=254)


class CodeInput(StrictSerializer):
    """Where to send a code: an e-mail or a phone."""

    email = serializers.EmailField(max_length=254, required=False)
    phone = serializers.CharField(
        max_length=32,
        required=False,
        help_text="A mobile number; without its country code it is read as dialled in `market`.",
    )
    market = serializers.ChoiceField(choices=HOME_MARKET_CHOICES, default="KZ")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("email" in attrs) == ("phone" in attrs):
            missing = _("Either an e-mail or a phone number.")
            raise serializers.ValidationError({"email": [missing]}, code="required")
        return attrs


class PhoneInput(StrictSerializer):
    phone = serializers.CharField(
        max_length=32, help_text="A mobile number; without its country code it is read as in my market."
    )


class ChallengeOutput(serializers.Serializer):
    challenge = serializers.CharField(help_text="Goes back with the code: it works for whoever asked alone.")
    expires_at = serializers.DateTimeField()


class AnswerInput(StrictSerializer):
    """A code brought back."""

    challenge = serializers.CharField(max_length=64)
    code = serializers.CharField(max_length=12, help_text="Six digits; spaces do not matter.")

    def validate_code(self, value: str) -> str:
        digits = "".join(value.split())
        if not (len(digits) == 6 and digits.isascii() and digits.isdigit()):
            raise serializers.ValidationError(_("Six digits, as we sent them."), code="bad_code")
        return digits


class CodeSignInInput(AnswerInput):
    """A code brought back to sign in with."""

    first_name = CleanCharField(
        max_length=80, required=False, allow_blank=True, default="", help_text="For a new account."
    )
    market = serializers.ChoiceField(
        choices=HOME_MARKET_CHOICES,
        default="KZ",
        help_text="For a new account with an e-mail; with a phone it is that of the number.",
    )


class PasswordResetInput(StrictSerializer):
    token = serializers.CharField(max_length=120, help_text="What the mailed link carries.")
    new_password = PasswordField()


class LinkInput(StrictSerializer):
    token = serializers.CharField(max_length=120, help_text="What the mailed link carries.")


class RefreshInput(StrictSerializer):
    refresh = serializers.CharField(
        max_length=100, required=False, help_text="Left out by browsers, whose cookie carries it."
    )


class PasswordChangeInput(StrictSerializer):
    current_password = PasswordField(
        required=False,
        default="",
        help_text="Not needed by those who have only signed in through a provider.",
    )
    new_password = PasswordField()


class GoogleInput(StrictSerializer):
    code = serializers.CharField(max_length=512)
    state = serializers.CharField(max_length=128)
    market = serializers.ChoiceField(
        choices=HOME_MARKET_CHOICES, default="KZ", help_text="For a new account."
    )


class GoogleStartOutput(serializers.Serializer):
    authorization_url = serializers.CharField(help_text="Where to send the browser.")


class ProviderOutput(serializers.Serializer):
    enabled = serializers.BooleanField()


class ProvidersOutput(serializers.Serializer):
    """Ways of signing in beside the password and a code by mail."""

    google = ProviderOutput()
    phone = ProviderOutput(help_text="Whether codes go out by SMS.")


class OrganizerInput(StrictSerializer):
    display_name = CleanCharField(max_length=120)
    bio = serializers.CharField(max_length=4000, required=False, allow_blank=True)
    city = CleanCharField(max_length=80, required=False, allow_blank=True)
    instagram = serializers.RegexField(
        INSTAGRAM,
        required=False,
        allow_blank=True,
        max_length=30,
        error_messages={"invalid": _("The name of an Instagram account, without @.")},
    )
    shipping_price = MoneyField(required=False, help_text="What one delivery costs the buyer.")
    pickup_address = CleanCharField(max_length=200, required=False, allow_blank=True)


class OrganizerUpdateInput(OrganizerInput):
    display_name = CleanCharField(max_length=120, required=False)


class OrganizerLogoInput(StrictSerializer):
    file = serializers.FileField(help_text="JPEG, PNG, WebP or AVIF; 10 MB and 40 megapixels at most.")


class OrganizerPublicOutput(serializers.Serializer):
    id = serializers.IntegerField()
    slug = serializers.CharField()
    display_name = serializers.CharField()
    bio = serializers.CharField()
    city = serializers.CharField()
    instagram = serializers.CharField()
    logo = ImageOutput(allow_null=True)
    verified = serializers.BooleanField()
    market = serializers.ChoiceField(choices=HOME_MARKET_CHOICES)


class OrganizerOwnOutput(OrganizerPublicOutput):
    currency = serializers.ChoiceField(choices=Currency.choices)
    shipping_price = MoneyField()
    pickup_address = serializers.CharField()
    timezone = serializers.CharField(help_text="IANA zone of its market, by which its days are counted.")


class MeOutput(serializers.Serializer):
    id = serializers.IntegerField()
    email = serializers.CharField(allow_null=True)
    email_verified = serializers.BooleanField(help_text="Whether they have shown that the address is theirs.")
    phone = serializers.CharField(allow_null=True)
    phone_verified = serializers.BooleanField(
        help_text="Whether they have shown that the number is theirs, and may sign in with it."
    )
    first_name = serializers.CharField()
    last_name = serializers.CharField()
    avatar = ImageOutput(allow_null=True)
    market = serializers.ChoiceField(choices=HOME_MARKET_CHOICES)
    language = serializers.ChoiceField(choices=Language.choices)
    currency = serializers.ChoiceField(choices=Currency.choices)
    birthday = serializers.DateField(allow_null=True)
    city = serializers.CharField()
    is_staff = serializers.BooleanField()
    has_password = serializers.BooleanField(
        help_text="False for those who have only signed in through a provider."
    )
    organizer = OrganizerOwnOutput(allow_null=True, help_text="The profile this person sells under.")


class MeInput(StrictSerializer):
    first_name = CleanCharField(max_length=80, required=False)
    last_name = CleanCharField(max_length=80, required=False, allow_blank=True)
    market = serializers.ChoiceField(
        choices=HOME_MARKET_CHOICES, required=False, help_text="The currency follows it."
    )
    language = serializers.ChoiceField(choices=Language.choices, required=False)
    phone = serializers.CharField(
        max_length=32, required=False, allow_null=True, allow_blank=True, help_text="Empty takes it away."
    )
    birthday = serializers.DateField(required=False, allow_null=True)
    city = CleanCharField(max_length=80, required=False, allow_blank=True)

    def validate_birthday(self, value: date | None) -> date | None:
        if value and not date(1900, 1, 1) <= value <= timezone.now().date():
            raise serializers.ValidationError(_("A day between 1900 and today."), code="out_of_range")
        return value


class AvatarInput(StrictSerializer):
    file = serializers.FileField(
        max_length=200, help_text="JPEG, PNG, WebP or AVIF, at most 10 MB; cut to a square."
    )


class SessionOutput(serializers.Serializer):
    """A sign-in. `refresh` is there for clients that are not browsers; a browser has it in a cookie."""

    access = serializers.CharField(help_text="For `Authorization: Bearer`; good for 5 minutes.")
    refresh = serializers.CharField(
        required=False, help_text="Single-use; each refresh answers the next one."
    )
    user = MeOutput()


class AddressInput(StrictSerializer):
    recipient = CleanCharField(max_length=120)
    phone = serializers.CharField(max_length=32)
    country = serializers.ChoiceField(choices=HOME_MARKET_CHOICES)
    region = CleanCharField(max_length=80, required=False, allow_blank=True, default="")
    city = CleanCharField(max_length=80)
    street = CleanCharField(max_length=200)
    postal_code = serializers.CharField(max_length=12)
    is_default = serializers.BooleanField(required=False, default=False)


class AddressUpdateInput(AddressInput):
    """Fields left out stay as they are; the address is checked as a whole."""


class AddressOutput(serializers.Serializer):
    id = serializers.IntegerField()
    recipient = serializers.CharField()
    phone = serializers.CharField()
    country = serializers.ChoiceField(choices=HOME_MARKET_CHOICES)
    region = serializers.CharField()
    city = serializers.CharField()
    street = serializers.CharField()
    postal_code = serializers.CharField()
    is_default = serializers.BooleanField()


ADDRESS_FIELDS = ("recipient", "phone", "country", "region", "city", "street", "postal_code")


def address_json(address: Address) -> dict[str, Any]:
    """Return what AddressOutput describes."""
    return {"id": address.pk, "is_default": address.is_default} | {
        name: getattr(address, name) for name in ADDRESS_FIELDS
    }


def organizer_public_json(organizer: OrganizerProfile) -> dict[str, Any]:
    """Return what OrganizerPublicOutput describes."""
    return {
        "id": organizer.pk,
        "slug": organizer.slug,
        "display_name": organizer.display_name,
        "bio": organizer.bio,
        "city": organizer.city,
        "instagram": organizer.instagram,
        "logo": image_urls(organizer.logo),
        "verified": organizer.verified,
        "market": organizer.market,
    }


def organizer_own_json(organizer: OrganizerProfile) -> dict[str, Any]:
    """Return what OrganizerOwnOutput describes."""
    return organizer_public_json(organizer) | {
        "currency": organizer.currency,
        "shipping_price": f"{organizer.shipping_price:.2f}",
        "pickup_address": organizer.pickup_address,
        "timezone": ZONE_OF[Market(organizer.market)],
    }


def me_json(user: User) -> dict[str, Any]:
    """Return what MeOutput describes."""
    organizer: OrganizerProfile | None = getattr(user, "organizer_profile", None)
    return {
        "id": user.pk,
        "email": user.email,
        "email_verified": user.email_verified_at is not None,
        "phone": user.phone,
        "phone_verified": user.phone_verified_at is not None,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "avatar": image_urls(user.avatar),
        "market": user.market,
        "language": user.language,
        "currency": user.currency,
        "birthday": user.birthday,
        "city": user.city,
        "is_staff": user.is_staff,
        "has_password": user.has_usable_password(),
        "organizer": organizer_own_json(organizer) if organizer else None,
    }
