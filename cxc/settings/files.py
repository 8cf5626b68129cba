"""Static files, stored files and uploads."""

import os
from pathlib import Path

from cxc.settings.deployment import BASE_DIR, PRODUCTION, VAR_DIR
from cxc.settings.environment import bucket_options, clamav_socket, files_store

STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("CXC_STATIC_DIR", VAR_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(os.environ.get("CXC_FILES_DIR", VAR_DIR / "files"))
# Where several machines share the files: s3://bucket/prefix; empty: they are below MEDIA_ROOT.
FILES_S3 = files_store()
STORAGES = {
    "default": {"BACKEND": "cxc.core.files.bucket.BucketStorage", "OPTIONS": bucket_options(FILES_S3)}
    if FILES_S3
    else {"BACKEND": "cxc.core.files.storage.DurableStorage"},
    # Compressing everything takes nine seconds, which only a public server earns back.
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "cxc.web.static_files.DeskStaticFiles"
    },
}
# Source maps are two thirds of all bytes and nobody's browser asks for them: a minute of compressing for nothing.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "png", "jpg", "jpeg", "gif", "webp", "woff", "woff2", "gz", "br")
# Signed papers and evidence: at most 10 MB each, so that a phone's photo of a page fits.
UPLOAD_MAX_BYTES = 10 * 1024 * 1024
# Uploads that can be taken stay in memory: a full disk for temporary files refuses none of them.
FILE_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_MAX_BYTES + 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# ClamAV's daemon, /run/clamav/clamd.ctl or host:port; empty: files are not checked for viruses.
CLAMAV_SOCKET = clamav_socket()
