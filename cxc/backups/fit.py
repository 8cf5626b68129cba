"""Whether a back-up fits: its own files, this source, this server, this database. Nothing is changed here."""

from pathlib import Path

from django.conf import settings
from django.db import connection

from cxc.backups import stamps
from cxc.backups.manifest import Manifest
from cxc.backups.refusals import BackupRefused


def require_whole(folder: Path, manifest: Manifest) -> None:
    """BackupRefused unless every part is there and has its SHA-256."""
    for name, part in manifest.parts.items():
        path = folder / name
        if not path.exists():
            raise BackupRefused(f"{path} is missing. Take another copy of this back-up, or another back-up.")
        if path.stat().st_size != part.size or stamps.sha256_of(path) != part.sha256:
            raise BackupRefused(
                f"{path} is damaged: it is not what the manifest says (size, SHA-256). "
                "Take another copy of this back-up, or another back-up."
            )


def require_fitting(manifest: Manifest) -> None:
    """BackupRefused unless source, server and database can take it."""
    _require_migrations(manifest)
    _require_server(manifest)
    _require_empty_database()


def _require_migrations(manifest: Manifest) -> None:
    unknown = sorted(set(manifest.migrations) - set(stamps.source_migrations()))
    if not unknown:
        return
    more = f" and {len(unknown) - 1} more" if len(unknown) > 1 else ""
    raise BackupRefused(
        f"This back-up holds migrations that the source here has not: {unknown[0]}{more}. Restore it with the source "
        f"that made it, then upgrade: git checkout {manifest.commit}"
    )


def _require_server(manifest: Manifest) -> None:
    made_by, here = manifest.postgresql // 10000, stamps.server_version() // 10000
    if made_by > here:
        raise BackupRefused(
            f"This back-up comes from PostgreSQL {made_by}, and the server here is PostgreSQL {here}, which can't read "
            f"it. Install PostgreSQL {made_by} or later and set DATABASE_URL to a database of that."
        )


def _require_empty_database() -> None:
    found = stamps.tables()
    if not found:
        return
    raise BackupRefused(
        f"The database {connection.settings_dict['NAME']} is not empty: it has {len(found)} tables. A back-up is "
        f"restored into an empty one. {how_to_set_aside()}"
    )


def how_to_set_aside() -> str:
    """What somebody types to have an empty database of the same name."""
    name = connection.settings_dict["NAME"]
    return (
        "In psql, connected to another database of the server, this sets it aside, which deletes nothing:\n"
        f'    ALTER DATABASE "{name}" RENAME TO "{name}_aside"; CREATE DATABASE "{name}";'
    )


def warnings(manifest: Manifest) -> list[str]:
    """What differs here and can be put right afterwards, a sentence each with what to do."""
    return [*_other_keys(manifest), *files_lacking(manifest)]


def _other_keys(manifest: Manifest) -> list[str]:
    found = []
    if stamps.seal_fingerprint() != manifest.seal_fingerprint:
        found.append(
            "The key of the seal is another one here. What was sealed stays valid; what is sealed from now on carries "
            f"the certificate here. To go on with the former one ({manifest.seal_fingerprint[:16]}…), put its files in "
            "place before the portal starts: docs/seals.md, Keys and certificates."
        )
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if manifest.secret_fingerprint not in map(stamps.secret_fingerprint, secrets):
        found.append(
            "CXC_SECRET_KEY is another one here: everybody signs in anew, links in mails sent so far lead nowhere, and "
            "authenticator apps give codes that are refused. Set the former key as CXC_FORMER_SECRET_KEYS."
        )
    return found


_REMOVED = {"removed": "Erased while the back-up was made ({}): {}. After a restore their rows lead to no file."}
_LOST = {
    "missing": "Named by the database, but not in the store ({}): {}. An older back-up may have them.",
    "differing": "Not what the database says of them ({}): {}. An older back-up may have them as they were.",
}


def files_lacking(manifest: Manifest) -> list[str]:
    """Which files are not as the database says, a sentence for each kind."""
    return _sentences(_REMOVED | _LOST, manifest)


def files_lost(manifest: Manifest) -> list[str]:
    """The same without those that somebody erased meanwhile, which is no fault."""
    return _sentences(_LOST, manifest)


def _sentences(texts: dict[str, str], manifest: Manifest) -> list[str]:
    lists = {text: getattr(manifest.files, name) for name, text in texts.items()}
    return [text.format(len(names), ", ".join(names[:20])) for text, names in lists.items() if names]
