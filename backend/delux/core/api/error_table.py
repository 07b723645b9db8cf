"""Every refusal the API knows, as a table for developers: made from the code, so it cannot fall behind."""

from collections.abc import Iterator

from django.utils import translation

from delux.core.api.document import read_document
from delux.core.api.errors import STATUS_OF, status_of
from delux.core.errors import DomainError

# What no service raises: the framework's own refusals, and the last resort.
ELSEWHERE = {
    "malformed": (400, "The body is not JSON, or a form of too many fields"),
    "null_characters_not_allowed": (400, "A text holds the NUL character, which nothing here can keep"),
    "parse_error": (400, "The body is not the form it says it is"),
    "bad_request": (400, "The request cannot be read at all: a strange host, thousands of parameters"),
    "method_not_allowed": (405, "This address does not take this method"),
    "unsupported_media_type": (415, "This Content-Type is not accepted here"),
    "server_error": (500, "Something broke on our side; the log holds it under the `request_id`"),
}
_HEADINGS = {
    400: "The request is wrong",
    401: "Who is asking?",
    403: "Not allowed",
    404: "Not there, or not yours",
    405: "The method is wrong",
    409: "Not possible in this state",
    413: "Too large",
    415: "Not in this format",
    422: "Contradicts an earlier request",
    429: "Too often",
    500: "Our fault",
    503: "Too busy, or away",
}
_MOST_NAMED = 3


def render_error_table() -> str:
    """Return Markdown: under each status a table of its codes, their meaning and where they come from."""
    with translation.override("en"):
        places = _places()
        meanings = dict(sorted(_meanings(places)))
        parts = []
        for status in sorted({status for status, _ in meanings}):
            parts += [
                f"### {status} · {_HEADINGS[status]}",
                "",
                "| Code | Meaning | Where |",
                "| --- | --- | --- |",
            ]
            parts += [
                f"| `{code}` | {meaning} | {_word_places(places.get(code, []), of=places[''])} |"
                for (at, code), meaning in meanings.items()
                if at == status
            ]
            parts.append("")
    return "\n".join(parts)


def _meanings(places: dict[str, list[str]]) -> Iterator[tuple[tuple[int, str], str]]:
    for kind in _kinds(DomainError):
        # A kind that only its descendants are raised of is nobody's answer.
        if kind.code in places or kind not in STATUS_OF:
            yield (status_of(kind), kind.code), str(kind.title).rstrip(".")
    for code, (status, meaning) in ELSEWHERE.items():
        yield (status, code), meaning


def _kinds(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for each in kind.__subclasses__():
        if ".tests." not in each.__module__:
            yield each
            yield from _kinds(each)


def _places() -> dict[str, list[str]]:
    """Return the ids of the operations that list a code, and under "" those of all."""
    places: dict[str, list[str]] = {"": []}
    for methods in read_document("en")["paths"].values():
        for operation in methods.values():
            places[""].append(operation["operationId"])
            for response in operation["responses"].values():
                for content in response.get("content", {}).values():
                    for example in content.get("examples", {}).values():
                        if isinstance(example["value"], dict) and "request_id" in example["value"]:
                            places.setdefault(example["value"]["code"], []).append(operation["operationId"])
    return places


def _word_places(ids: list[str], *, of: list[str]) -> str:
    if not ids or len(ids) > len(of) / 2:
        return "anywhere"
    named = ", ".join(f"`{each}`" for each in ids[:_MOST_NAMED])
    return named + (f" and {len(ids) - _MOST_NAMED} more" if len(ids) > _MOST_NAMED else "")
