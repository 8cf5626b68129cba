"""WSGI entry point for gunicorn."""

import os
from importlib import import_module

from django.conf import settings
from django.core.files.storage import storages
from django.core.wsgi import get_wsgi_application

from cxc.core.garbage import tune_garbage_collection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cxc.settings")
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)
storages["default"]  # its library is loaded once for all processes
tune_garbage_collection()
