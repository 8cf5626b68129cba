"""The daily back-up (docs/backup.md): where it goes to, how many stay there, and for whose key.

Without a place to go to none is made; without a public key of age they are not encrypted.
"""

import os

from cxc.settings.environment import backup_destination

BACKUP_TO = backup_destination()
BACKUPS_KEPT = max(1, int(os.environ.get("CXC_BACKUPS_KEPT", "14")))
BACKUP_ENCRYPT_TO = os.environ.get("CXC_BACKUP_ENCRYPT_TO", "")
