"""Files in a bucket of S3, or of a service that speaks as it does."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage

from delux.core.errors import Unavailable

# Python itself knows the newer ones from 3.13 on only.
_TYPES = {"avif": "image/avif", "jpg": "image/jpeg", "webp": "image/webp"}
# With its one repetition a question takes ten seconds at most.
_CONNECT, _ANSWER, _TRIES = 1, 3, 2
FORBIDDEN = 403
RIGHTS = "s3:GetObject, s3:PutObject and s3:DeleteObject on its objects, and s3:ListBucket on the bucket"
# A file that is read lies in memory up to here, and on the disk beyond.
_IN_MEMORY = 2 * 1024 * 1024

log = structlog.get_logger(__name__)


class ObjectStorage(S3Storage):  # type: ignore[misc]  # the package has no types
    """A bucket; a file keeps the name it is given, in place of one that had it.

    :raises Unavailable: by everything here, while the service does not answer or refuses us
    """

    def __init__(self, *, endpoint_url: str, **options: Any) -> None:
        config = Config(
            connect_timeout=_CONNECT,
            read_timeout=_ANSWER,
            retries={"total_max_attempts": _TRIES, "mode": "standard"},
            signature_version="s3v4",
            # Another service than Amazon's may have no host for each bucket, nor the newest checksums.
            s3={"addressing_style": "path" if endpoint_url else "auto"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(
            endpoint_url=endpoint_url or None,
            client_config=config,
            querystring_auth=False,
            max_memory_size=_IN_MEMORY,
            **options,
        )

    def get_object_parameters(self, name: str) -> dict[str, Any]:
        parameters: dict[str, Any] = super().get_object_parameters(name)
        kind = _TYPES.get(name.rpartition(".")[2])
        return parameters | ({"ContentType": kind} if kind else {})

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":
        with _answering():
            file: File[Any] = super()._open(name, mode)
            file.open()  # fetched here, where a failure has a name
            return file

    def _save(self, name: str, content: "File[Any]") -> str:
        with _answering():
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        with _answering():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _answering():
            return bool(super().exists(name))


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, Boto3Error, ClientError) as error:
        reason = str(error)[:200]
        if (
            isinstance(error, ClientError)
            and error.response["ResponseMetadata"]["HTTPStatusCode"] == FORBIDDEN
        ):
            # So S3 answers, too, about a file that is not there, to whoever may not list the bucket.
            reason += f"; the account needs {RIGHTS}"
        log.error("storage.failed", error=type(error).__name__, reason=reason)
        raise Unavailable from error
