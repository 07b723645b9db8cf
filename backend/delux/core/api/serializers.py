"""Building blocks of requests and answers. Inputs are strict: an undeclared field is an error."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers


class StrictSerializer(serializers.Serializer):
    """An input: unknown fields are refused, so a typo or a smuggled `is_staff` never passes in silence."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := data.keys() - self.fields.keys()):
            raise serializers.ValidationError(
                {
                    str(name): [serializers.ErrorDetail(str(_("There is no such field.")), "unknown")]
                    for name in unknown
                }
            )
        return super().to_internal_value(data)


class QuerySerializer(StrictSerializer):
    """A view's query parameters. `lang` goes with every request (core.middleware reads it)."""

    lang = serializers.ChoiceField(
        choices=["ru", "kk", "ky", "en"],
        required=False,
        help_text="Language of the answer, before Accept-Language.",
    )

    def to_internal_value(self, data: Any) -> Any:
        # A QueryDict answers lists; a parameter given twice counts once, its last value, as Django does.
        return super().to_internal_value({name: data.get(name) for name in data})


class PageQuery(QuerySerializer):
    page = serializers.IntegerField(
        min_value=1, max_value=10_000, default=1, help_text="Page number, from 1."
    )
    page_size = serializers.IntegerField(
        min_value=1, max_value=100, default=20, help_text="Rows a page, up to 100."
    )


class IdField(serializers.IntegerField):
    """The id of a row: what no key can be is refused here, not by the database."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=2**63 - 1, **kwargs)


class MoneyField(serializers.DecimalField):
    """An amount as a decimal string with two places."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0 if not kwargs.get("read_only") else None)
        super().__init__(max_digits=12, decimal_places=2, **kwargs)


class CleanCharField(serializers.CharField):
    """A line of plain text: trimmed, inner white space folded, no control characters."""

    def to_internal_value(self, data: Any) -> str:
        sent = super().to_internal_value(data)
        # NUL stays, for the field's own validator to refuse.
        line = " ".join("".join(c for c in sent if c.isprintable() or c.isspace() or c == "\0").split())
        if not line and not self.allow_blank:
            self.fail("blank")  # nothing but invisible characters
        return line


class CleanTextField(serializers.CharField):
    """Plain text of several lines: trimmed, no control characters, at most one empty line in a row."""

    def to_internal_value(self, data: Any) -> str:
        sent = super().to_internal_value(data).replace("\r\n", "\n").replace("\r", "\n")
        kept = "".join(c for c in sent if c.isprintable() or c in "\n\t\0")
        text = re.sub(r"\n\s*\n", "\n\n", kept).strip()
        if not text and not self.allow_blank:
            self.fail("blank")
        return text


class ProblemField(serializers.Serializer):
    pointer = serializers.CharField(help_text="JSON pointer to the field, or `/` for the whole request.")
    code = serializers.CharField()
    detail = serializers.CharField()


class Problem(serializers.Serializer):
    """RFC 9457 problem document: every error of the API has this shape."""

    type = serializers.CharField(help_text="Stable URN of the kind of error.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What happened and what to do, in the reader's language.")
    code = serializers.CharField(help_text="Stable code to branch on.")
    request_id = serializers.CharField()
    errors = ProblemField(many=True)  # type: ignore[assignment] # the document's member, not the form's errors


class ImageOutput(serializers.Serializer):
    """A picture in three widths; `width` and `height` are those of `src`, so nothing jumps while it loads."""

    src = serializers.CharField()
    srcset = serializers.CharField(help_text="WebP in three widths, as the `srcset` attribute takes it.")
    srcset_avif = serializers.CharField(help_text="The same widths in AVIF.")
    width = serializers.IntegerField()
    height = serializers.IntegerField()


def page_of(row: type[serializers.Serializer]) -> type[serializers.Serializer]:
    """Return the serializer of a page of ``row``; its schema component is called ``<Row>Page``."""
    name = row.__name__.removesuffix("Output") + "Page"
    return type(
        name,
        (serializers.Serializer,),
        {
            "__module__": row.__module__,
            "count": serializers.IntegerField(help_text="Rows over all pages."),
            "next": serializers.CharField(allow_null=True, help_text="Address of the next page."),
            "previous": serializers.CharField(allow_null=True, help_text="Address of the page before."),
            "results": row(many=True),
        },
    )
