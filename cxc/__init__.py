"""What the apps share, and the configuration of the project.

The Celery application is loaded with it, so that web processes queue into it too.
"""

from cxc.celery import app as celery_app

__all__ = ["celery_app"]
