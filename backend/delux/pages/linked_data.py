"""Events, products and organizers as schema.org describes them, from what the API shows of them."""

from typing import Any

from delux.events.models import Event
from delux.pages.head import absolute

Row = dict[str, Any]

_OFFER = {
    "on_sale": "https://schema.org/InStock",
    "not_yet": "https://schema.org/PreOrder",
    "sold_out": "https://schema.org/SoldOut",
    "ended": "https://schema.org/OutOfStock",
}
_STATUS = {Event.Status.CANCELED: "https://schema.org/EventCancelled"}
_ATTENDANCE = {
    Event.Format.OFFLINE: "https://schema.org/OfflineEventAttendanceMode",
    Event.Format.ONLINE: "https://schema.org/OnlineEventAttendanceMode",
}


def event_data(event: Row, *, path: str, description: str, picture: str) -> Row:
    """Return an EventDetail as a schema.org Event with its offers."""
    url, place = absolute(path), event["location"]
    data = {
        "@type": "SportsEvent",
        "name": event["title"],
        "description": description,
        "url": url,
        "image": [absolute(picture)],
        "startDate": event["start_datetime"],
        "endDate": event["end_datetime"],
        "eventStatus": _STATUS.get(event["status"], "https://schema.org/EventScheduled"),
        "eventAttendanceMode": _ATTENDANCE[event["format"]],
        "sport": event["category"]["name"],
        "location": _place(place) if place else {"@type": "VirtualLocation", "url": url},
        "organizer": organizer_data(event["organizer"]),
        "offers": [
            {
                "@type": "Offer",
                "name": offer["name"],
                "price": offer["price"],
                "priceCurrency": offer["currency"],
                "availability": _OFFER[offer["availability"]],
                "validFrom": offer["sales_start"],
                "validThrough": offer["sales_end"],
                "url": url,
            }
            for offer in event["ticket_types"]
        ],
    }
    return data | {"isAccessibleForFree": event["is_free"]}


def product_data(product: Row, *, path: str, description: str, picture: str) -> Row:
    """Return a ProductOutput as a schema.org Product with one offer a variant."""
    url = absolute(path)
    data: Row = {
        "@type": "Product",
        "name": product["title"],
        "description": description,
        "url": url,
        "image": [absolute(image["src"]) for image in product["images"]] or [absolute(picture)],
        "category": " / ".join(shelf["name"] for shelf in product["category_path"]),
        "offers": [
            {
                "@type": "Offer",
                "sku": variant["sku_code"],
                "name": " ".join(word for word in (variant["colour"], variant["size"]) if word),
                "price": variant["price"],
                "priceCurrency": product["currency"],
                "availability": f"https://schema.org/{'InStock' if variant['in_stock'] else 'OutOfStock'}",
                "itemCondition": "https://schema.org/NewCondition",
                "seller": organizer_data(product["organizer"]),
                "url": url,
            }
            for variant in product["variants"]
        ],
    }
    if product["brand"]:
        data["brand"] = {"@type": "Brand", "name": product["brand"]["name"]}
    if product["review_count"]:
        data["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": product["rating"],
            "reviewCount": product["review_count"],
        }
    return data


def organizer_data(organizer: Row) -> Row:
    return {
        "@type": "Organization",
        "name": organizer["display_name"],
        "url": absolute(f"/organizers/{organizer['slug']}"),
    }


def trail_data(steps: list[tuple[str, str]]) -> Row:
    """Return breadcrumbs of (name, path)."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": absolute(path)}
            for number, (name, path) in enumerate(steps, start=1)
        ],
    }


def _place(place: Row) -> Row:
    data: Row = {
        "@type": "Place",
        "name": place["address"] or place["city"],
        "address": {
            "@type": "PostalAddress",
            "streetAddress": place["address"],
            "addressLocality": place["city"],
            "addressCountry": place["country"],
        },
    }
    if place["latitude"] is not None:
        data["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": place["latitude"],
            "longitude": place["longitude"],
        }
    return data
