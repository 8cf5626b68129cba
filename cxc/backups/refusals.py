"""Why a back-up is not made, or is not restored."""


class BackupRefused(Exception):
    """It was not carried out; the sentence says why, what was left behind if anything was, and what to do."""


class AnotherIsMade(BackupRefused):
    """Another back-up of this database is being made at this moment."""
