"""Why a back-up is not made, or is not restored."""


class BackupRefused(Exception):
    """Nothing was carried out; the sentence says why and what to do."""


class AnotherIsMade(BackupRefused):
    """Another back-up of this database is being made at this moment."""
