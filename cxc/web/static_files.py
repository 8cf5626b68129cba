"""Static files: named by what is in them, and compressed once, so that a browser keeps them for good."""

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Pages ask for these; the rest (the Django admin's, Bootstrap's other builds) is compressed on a public server only.
OURS = ("css/", "js/", "img/", "js-lib-bootstrap5/css/bootstrap.min", "django_htmx/htmx-2.min")


class DeskStaticFiles(CompressedManifestStaticFilesStorage):
    """With gzip alone, and of our pages' files only: half a second in place of nine for each change."""

    def create_compressor(self, **kwargs: Any) -> Compressor:
        return Compressor(**kwargs, use_brotli=False)

    def compress_files(self, paths: Any) -> Any:
        return super().compress_files([path for path in paths if path.startswith(OURS)])
