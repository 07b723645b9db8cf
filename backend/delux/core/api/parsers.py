from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser, MultiPartParser

from delux.core.errors import TooLarge


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
    """A form with files. The files are read by what takes them; the rest of the form is small."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
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
