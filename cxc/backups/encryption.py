"""Encrypts what is written to somebody's public key, and decrypts it with the private one: age, by `pyrage`.

Whoever makes back-ups can't read them, and neither can who stores them.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import pyrage
from pyrage.x25519 import Identity, Recipient

from cxc.backups.refusals import BackupRefused

SUFFIX = ".age"
# What writing raises where the disk is full or gone, encrypted or not.
FAILURES = (OSError, pyrage.EncryptError)
CHUNK_BYTES = 1024 * 1024


def require_public_key(key: str) -> None:
    """BackupRefused unless it is empty or a public key of age."""
    if key:
        _recipient(key)


def private_keys(path: Path) -> list[Identity]:
    """The private keys in a file as `age-keygen` writes it: one a line, lines with `#` are notes."""
    try:
        lines = [line.strip() for line in path.read_text().splitlines()]
        found = [Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, ValueError, pyrage.IdentityError):
        found = []
    if not found:
        raise BackupRefused(f"{path} holds no private key of age: a line that begins with AGE-SECRET-KEY-1.")
    return found


def fitting_key(keys: list[Identity], encrypted_to: str) -> Identity:
    """The private key that belongs to this public one. BackupRefused where none does."""
    found = {str(key.to_public()): key for key in keys}
    if encrypted_to in found:
        return found[encrypted_to]
    given = f"the key given is that of {', '.join(found)}" if found else "name the file of its private key with --key"
    raise BackupRefused(f"This back-up is encrypted to {encrypted_to}: {given}.")


@contextmanager
def written(path: Path, public_key: str) -> Iterator[IO[bytes]]:
    """A file to write into, encrypted where there is a key."""
    with path.open("wb") as target:
        if not public_key:
            yield target
            return
        recipient = _recipient(public_key)
        source, sink = _pipe()
        with _beside(source, lambda: pyrage.encrypt_io(source, target, [recipient])), sink:
            yield sink


@contextmanager
def read(path: Path, key: Identity | None) -> Iterator[IO[bytes]]:
    """What the file holds, decrypted where there is a key."""
    with path.open("rb") as file:
        if key is None:
            yield file
            return
        source, sink = _pipe()
        with _beside(sink, lambda: pyrage.decrypt_io(file, sink, [key])), source:
            yield source
            while source.read(CHUNK_BYTES):  # else the writer would wait for whoever reads its last bytes
                pass


def _pipe() -> tuple[IO[bytes], IO[bytes]]:
    """The end to read from, and the end to write into."""
    source, sink = os.pipe()
    return os.fdopen(source, "rb"), os.fdopen(sink, "wb")


@contextmanager
def _beside(end: IO[bytes], work: Callable[[], object]) -> Iterator[None]:
    """Do the work in a thread, which closes its end of the pipe, so that nobody waits at the other one."""

    def run() -> None:
        with end:
            work()

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(run)
        with suppress(BrokenPipeError):  # the work has failed: how is said next
            yield
        done.result()


def _recipient(key: str) -> Recipient:
    try:
        return Recipient.from_str(key)
    except pyrage.RecipientError as error:
        raise BackupRefused(
            f"{key} is no public key of age, which begins with age1: {error}. `age-keygen` makes a pair of keys."
        ) from error
