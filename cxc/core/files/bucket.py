"""Files in a store that speaks S3, for a portal that runs on several machines.

A file is sent in one request, which the store carries out whole or not at all, before its row is written. It is read
through the portal only: nothing here makes an address by which a browser could fetch it from the store.
Rule: docs/production.md, On several machines.
"""

import hashlib
import logging
import shutil
import threading
import uuid
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from tempfile import SpooledTemporaryFile
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError, InvalidEndpointConfigurationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from storages.backends.s3 import S3Storage

from cxc.circuit_breaker import CircuitBreaker
from cxc.core.files import s3_options
from cxc.core.refusals import NoRoom, StoreAway

logger = logging.getLogger(__name__)

CONNECT_SECONDS, READ_SECONDS, ATTEMPTS = 2.0, 10.0, 2
# What a probe waits for at most; whoever sends it waits for five.
PROBE_SECONDS = 1.0
REST_SECONDS = 10.0
# What is larger is read from a file on this machine.
IN_MEMORY = 1024 * 1024
_MISSING = {"404", "NoSuchKey", "NotFound"}
_FULL = {"QuotaExceeded", "XMinioStorageFull", "507"}
# A store that does not answer is asked by one request in ten seconds: threads that wait for it serve no pages.
breaker = CircuitBreaker("The store of files", REST_SECONDS)


class FetchedFile(File):
    """What an object holds, on this machine; once it is closed it can be opened, and so fetched, again."""

    def __init__(self, storage: "BucketStorage", name: str) -> None:
        super().__init__(storage.fetch(name), name)
        self._storage = storage

    def open(self, *_mode: Any, **_options: Any) -> "FetchedFile":
        if self.closed:
            self.file = self._storage.fetch(str(self.name))
        self.seek(0)
        return self


class BucketStorage(S3Storage):
    """`StoreAway` with a sentence where the store does not answer or refuses; `NoRoom` where it is full."""

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "client_config",
            s3_options.client_config(connect_timeout=CONNECT_SECONDS, read_timeout=READ_SECONDS, attempts=ATTEMPTS),
        )
        super().__init__(region_name=s3_options.region(), **options)
        self._lock = threading.Lock()
        self._client: Any = None
        self._prober: Any = None

    def __str__(self) -> str:
        return f"s3://{self.bucket_name}/{self.location}".rstrip("/")

    @property
    def client(self) -> Any:
        """One for all threads of the process, so that its connections are as few as its threads."""
        with self._lock:
            if self._client is None:
                self._client = self._make_client(self.client_config)
        return self._client

    def _make_client(self, config: Any) -> Any:
        """The client; InvalidEndpointConfigurationError, not botocore's ValueError, where its address is none."""
        session = self._create_session()
        try:
            return session.client("s3", region_name=self.region_name, config=config)
        except ValueError as error:
            raise InvalidEndpointConfigurationError(msg=error) from error

    def answers(self) -> bool:
        """Whether the bucket can be asked, within two seconds or so; OSError where it can't."""
        config = s3_options.client_config(connect_timeout=PROBE_SECONDS, read_timeout=PROBE_SECONDS, attempts=1)
        try:
            with self._lock:
                if self._prober is None:
                    self._prober = self._make_client(config)
            self._prober.head_bucket(Bucket=self.bucket_name)
        except (BotoCoreError, ClientError) as error:
            raise OSError(str(error)) from error
        return True

    def url(self, name: str | None, *_arguments: Any, **_options: Any) -> str:
        """Never: a file is read through its record, whose rule is asked each time."""
        raise ValueError(f"{name} has no address of its own.")

    def _save(self, name: str, content: "File[Any]") -> str:
        content.seek(0)  # who checked it may have read it
        body = content.read()
        digest = b64encode(hashlib.md5(body, usedforsecurity=False).digest()).decode()  # the store compares it
        with _calls(writes=True):
            self.client.put_object(
                Bucket=self.bucket_name, Key=self._normalize_name(name), Body=body, ContentMD5=digest
            )
        return name

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":
        return FetchedFile(self, name)

    def fetch(self, name: str) -> Any:
        """What the object holds, fetched whole, so that whoever asks is told before an answer has begun."""
        with ExitStack() as unless_it_worked, _calls(name):
            found = self.client.get_object(Bucket=self.bucket_name, Key=self._normalize_name(name))
            content: Any = unless_it_worked.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))
            with found["Body"] as body:
                shutil.copyfileobj(body, content)
            content.seek(0)
            unless_it_worked.pop_all()
        return content

    def exists(self, name: str) -> bool:
        try:
            with _calls(name):
                self.client.head_object(Bucket=self.bucket_name, Key=self._normalize_name(name))
        except FileNotFoundError:
            return False
        return True

    def delete(self, name: str) -> None:
        """What is not there is deleted already."""
        with suppress(FileNotFoundError), _calls(name, writes=True):
            self.client.delete_object(Bucket=self.bucket_name, Key=self._normalize_name(name))


def try_out(storage: Any) -> None:
    """Write a small object, read it, delete it. `StoreAway` where one of these fails."""
    name = f"probe/{uuid.uuid4().hex}"
    storage.save(name, ContentFile(b"probe"))
    try:
        with storage.open(name) as file:
            file.read()
    finally:
        storage.delete(name)


@contextmanager
def _calls(name: str = "", *, writes: bool = False) -> Iterator[None]:
    """Turns the failure of a call into `StoreAway`, `NoRoom`, or FileNotFoundError with the file's name."""
    if not breaker.allows_call():
        raise _away(writes)
    try:
        yield
    except BotoCoreError as error:
        breaker.failed(error)
        raise _away(writes) from error
    except ClientError as error:
        breaker.worked()
        code = str(error.response.get("Error", {}).get("Code", ""))
        if name and code in _MISSING:
            raise FileNotFoundError(name) from error
        logger.error("The store of files refused: %s", error)
        raise (NoRoom() if code in _FULL else _away(writes)) from error
    breaker.worked()


def _away(writes: bool) -> StoreAway:
    if writes:
        return StoreAway(
            _("The portal's store of files does not answer, so nothing was saved. Please try again in some minutes.")
        )
    return StoreAway(
        _("The portal's store of files does not answer, so this can't be shown now. Please try again in some minutes.")
    )
