"""The pictures of a product."""

from typing import IO, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import OrganizerProfile
from delux.core import images
from delux.core.errors import Conflict, NotFound
from delux.market.models import Product, ProductImage
from delux.market.selectors.products import get_product_for_change, get_product_of

MOST_IMAGES = 12


class TooManyImages(Conflict):
    code = "too_many_images"
    title = _("A product may have 12 pictures at most. Delete one first")


class ImagesChanged(Conflict):
    code = "images_changed"
    title = _("The pictures were changed meanwhile. Look at them again")


class ImageChanges(TypedDict, total=False):
    is_main: bool
    position: int
    alt: str


def add_image(
    *, organizer: OrganizerProfile, product_id: int, file: IO[bytes], alt: str = ""
) -> ProductImage:
    """Store a picture and hang it on a product; the first one is its main picture.

    :raises NotFound: the product is not this organizer's
    :raises TooManyImages: it has as many as it may
    :raises TooLarge: more than 10 MB
    :raises BadImage: not a picture we take
    """
    _check_room(get_product_of(organizer=organizer, product_id=product_id))
    key = images.store_image(file, images.PRODUCT)  # slow: nothing is locked meanwhile
    try:
        return _hang(organizer, product_id, key, alt)
    except Exception:
        images.delete_image(key)
        raise


@transaction.atomic
def change_image(
    *, organizer: OrganizerProfile, product_id: int, image_id: int, **changes: Unpack[ImageChanges]
) -> ProductImage:
    """Change a picture's words or place. The main picture changes by naming another one.

    :raises NotFound: not a picture of this organizer's product
    """
    product = get_product_for_change(organizer=organizer, product_id=product_id)
    image = _image_of(product, image_id)
    if changes.get("is_main"):
        product.images.filter(is_main=True).update(is_main=False)
    elif image.is_main:
        changes.pop("is_main", None)
    for name, value in changes.items():
        setattr(image, name, value)
    image.save(update_fields=[*changes, "updated_at"])
    return image


@transaction.atomic
def arrange_images(*, organizer: OrganizerProfile, product_id: int, order: list[int]) -> None:
    """Put a product's pictures in this order of ids; the first is the main one.

    :raises NotFound: the product is not this organizer's
    :raises ImagesChanged: these are not the pictures it has
    """
    product = get_product_for_change(organizer=organizer, product_id=product_id)
    pictures = {picture.pk: picture for picture in product.images.all()}
    if len(order) != len(pictures) or set(order) != pictures.keys():
        raise ImagesChanged
    product.images.filter(is_main=True).exclude(pk__in=order[:1]).update(is_main=False)
    for position, key in enumerate(order):
        picture = pictures[key]
        picture.position, picture.is_main = position, position == 0
        picture.save(update_fields=["position", "is_main", "updated_at"])


@transaction.atomic
def delete_image(*, organizer: OrganizerProfile, product_id: int, image_id: int) -> None:
    """Take a picture off a product; the next one becomes the main picture. Past orders still show its files.

    :raises NotFound: not a picture of this organizer's product
    """
    product = get_product_for_change(organizer=organizer, product_id=product_id)
    image = _image_of(product, image_id)
    image.delete()
    heir = product.images.first()
    if image.is_main and heir:
        product.images.filter(pk=heir.pk).update(is_main=True)


@transaction.atomic
def _hang(organizer: OrganizerProfile, product_id: int, key: str, alt: str) -> ProductImage:
    product = get_product_for_change(organizer=organizer, product_id=product_id)
    count = _check_room(product)
    return ProductImage.objects.create(
        product=product, image=key, alt=alt, position=count, is_main=count == 0
    )


def _check_room(product: Product) -> int:
    count = product.images.count()
    if count >= MOST_IMAGES:
        raise TooManyImages
    return count


def _image_of(product: Product, image_id: int) -> ProductImage:
    image = product.images.filter(pk=image_id).first()
    if image is None:
        raise NotFound
    return image
