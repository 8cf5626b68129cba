"""The daily back-up: where to, how many stay, and for whose key."""

import os

from cxc.settings.environment import backup_destination

# The daily back-up (docs/backup.md): the folder it goes to, none where empty, and how many stay there. The public key
# of age to which back-ups are encrypted, not where it is empty.
BACKUP_TO = backup_destination()
BACKUPS_KEPT = max(1, int(os.environ.get("CXC_BACKUPS_KEPT", "14")))
BACKUP_ENCRYPT_TO = os.environ.get("CXC_BACKUP_ENCRYPT_TO", "")
