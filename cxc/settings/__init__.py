"""Settings of the portal, read from the environment (docs/production.md lists every variable).

The defaults serve `./portal up` on one's own machine; `CXC_ENV=production` demands what a
public server needs and refuses what belongs on a desk.
"""

from cxc.settings.deployment import *
from cxc.settings.scheme import *
from cxc.settings.applications import *
from cxc.settings.databases import *
from cxc.settings.accounts import *
from cxc.settings.limits import RATE_LIMITS as RATE_LIMITS
from cxc.settings.languages import *
from cxc.settings.files import *
from cxc.settings.mail import *
from cxc.settings.celery import *
from cxc.settings.security import *
from cxc.settings.seals import *
from cxc.settings.monitoring import *
from cxc.settings.backups import *
