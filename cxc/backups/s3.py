"""The few calls to a store that speaks S3, which the environment names (`cxc.core.files.s3_options`)."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cxc.backups.refusals import BackupRefused
from cxc.core.files import s3_options

SCHEME = "s3://"


@dataclass(frozen=True)
class Place:
    """A bucket and the beginning of names in it: empty, or ending with a slash."""

    bucket: str
    prefix: str

    @classmethod
    def of(cls, address: str) -> "Place":
        bucket, _slash, prefix = address.removeprefix(SCHEME).partition("/")
        if not bucket:
            raise BackupRefused(f"{address} names no bucket: write s3://bucket or s3://bucket/prefix.")
        prefix = prefix.strip("/")
        return cls(bucket, f"{prefix}/" if prefix else "")

    def __str__(self) -> str:
        return f"{SCHEME}{self.bucket}/{self.prefix}".rstrip("/")


def is_address(text: str) -> bool:
    return text.startswith(SCHEME)


def files(place: Place) -> list[str]:
    """The names there, without the beginning that all have."""
    with _calls(place) as client:
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=place.bucket, Prefix=place.prefix)
        return [row["Key"].removeprefix(place.prefix) for page in pages for row in page.get("Contents", [])]


def send(place: Place, name: str, path: Path) -> None:
    """Send a file, in parts where it is large."""
    with _calls(place) as client:
        client.upload_file(str(path), place.bucket, place.prefix + name)


def fetch(place: Place, name: str, path: Path) -> None:
    with _calls(place) as client:
        client.download_file(place.bucket, place.prefix + name, str(path))


def delete(place: Place, names: Sequence[str]) -> None:
    """Delete one after the other, in this order."""
    with _calls(place) as client:
        for name in names:
            client.delete_object(Bucket=place.bucket, Key=place.prefix + name)


@contextmanager
def _calls(place: Place) -> Iterator[Any]:
    """A client of the store. BackupRefused with its reason where a call fails."""
    import boto3  # here, because loading it takes as long as half of the portal
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    config = s3_options.client_config(connect_timeout=10, read_timeout=60, attempts=5)
    session = boto3.session.Session()  # of its own: the default one keeps the first access it was given
    try:
        client = session.client("s3", region_name=s3_options.region(), config=config)
    except (BotoCoreError, ValueError) as error:  # ValueError: an endpoint that is no address
        raise _refusal(place, error) from error
    try:
        with closing(client):
            yield client
    except (Boto3Error, BotoCoreError, ClientError) as error:
        raise _refusal(place, error) from error


def _refusal(place: Place, error: Exception) -> BackupRefused:
    reason = str(error).rstrip(".")
    return BackupRefused(
        f"{place} can't be used: {reason}. Check the address, and the variables AWS_ENDPOINT_URL_S3, AWS_REGION, "
        "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
    )
