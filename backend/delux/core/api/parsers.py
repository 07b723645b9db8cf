from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser, MultiPartParser

from delux.core.errors import TooLarge
from delux.core.images import MAX_BYTES


class JSONParser(BaseParser):
    """Strict JSON: valid UTF-8, no NUL (PostgreSQL cannot store it), bounded in size and depth."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        raw = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        if len(raw) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise TooLarge(_("The request is larger than 1 MB."))
        try:
            data = orjson.loads(raw)
        except orjson.JSONDecodeError as error:
            raise ParseError(
                _("This is not valid JSON: %(error)s") % {"error": error}, code="malformed"
            ) from None
        if b"\\u0000" in raw and _has_nul(data):
            raise ParseError(_("Text may not contain the NUL character."), code="null_characters_not_allowed")
        return data


class UploadParser(MultiPartParser):
    """A form with one file. The file is read by what takes it; the rest of the form is small.

    What cannot be right is refused by its announced length, before any of it is written to disk.
    """

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        announced = parser_context["request"].META.get("CONTENT_LENGTH") or ""
        if announced.isdigit() and int(announced) > MAX_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise TooLarge(_("A picture may have at most 10 MB."))
        try:
            return super().parse(stream, media_type, parser_context)
        except RequestDataTooBig:
            raise TooLarge(_("The form's text is larger than 1 MB.")) from None
        except SuspiciousOperation:  # thousands of fields or files
            raise ParseError(_("This form has too many fields."), code="malformed") from None


def _has_nul(data: Any) -> bool:
    if isinstance(data, str):
        return "\0" in data
    if isinstance(data, dict):
        return any(_has_nul(key) or _has_nul(value) for key, value in data.items())
    return isinstance(data, list) and any(map(_has_nul, data))
