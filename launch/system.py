"""The few things that come from the operating system: Pango for PDFs, tools for the tests."""

import ctypes
import ctypes.util
import os
import shutil
import subprocess
from pathlib import Path

from launch.paths import UserError, is_root

PANGO_PACKAGES = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]
PANGO_LIBRARIES = ["libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"]
# Without what a window on a screen needs: it starts in a third of the time, and a page takes a quarter less.
CHROMIUM_PACKAGE = "chromium-headless-shell"
CHROMIUM_NAMES = [CHROMIUM_PACKAGE, "chromium", "chromium-browser", "google-chrome"]


def has_pango() -> bool:
    """True when WeasyPrint will find its libraries."""
    return all(_loadable(name) for name in PANGO_LIBRARIES) or _pango_elsewhere()


def chromium() -> str | None:
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def ensure_pango() -> bool:
    """True when PDFs can be made; installs Pango as root, else says the exact command and goes on."""
    if has_pango():
        return True
    try:
        install(PANGO_PACKAGES, why="PDFs are made with Pango")
    except UserError as error:
        print(f"PDFs are off, everything else works. {error}", flush=True)
        return False
    return has_pango()


def ensure_test_tools() -> None:
    """Chromium, qpdf, poppler and Pango for the tests; where they can't be had the tests say so."""
    missing = [] if chromium() else [CHROMIUM_PACKAGE, "fonts-dejavu-core"]
    missing += [] if shutil.which("qpdf") else ["qpdf"]
    missing += [] if shutil.which("pdftotext") else ["poppler-utils"]
    missing += [] if has_pango() else PANGO_PACKAGES
    if not missing:
        return
    try:
        install(missing, why="Some tests need them")
    except UserError as error:
        print(f"WITHOUT {', '.join(missing)}: tests that need them are skipped. {error}", flush=True)


def install(packages: list[str], *, why: str) -> None:
    """Install Debian packages as root; for everybody else UserError with the exact command."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if not shutil.which("apt-get"):
        raise UserError(f"{why}. Install what this system calls: {' '.join(packages)}")
    if not is_root():
        raise UserError(f"{why}. Ask for: sudo {' '.join(command)}")
    print(f"Installing {', '.join(packages)} ...", flush=True)
    # A container's image comes without package lists; an old list names versions that are gone.
    if _lists_are_there() and _apt(command) == 0:
        return
    if _apt(["apt-get", "update"]) or _apt(command):
        raise UserError(f"{why}. This failed: {' '.join(command)}")


def _lists_are_there() -> bool:
    return any(Path("/var/lib/apt/lists").glob("*Packages*"))


def _apt(command: list[str]) -> int:
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    options = ["-qq", "-o", "DPkg::Lock::Timeout=120", "-o", "Dpkg::Use-Pty=0"]
    done = subprocess.run([command[0], *options, *command[1:]], env=env, stdout=subprocess.DEVNULL, check=False)
    return done.returncode


def _loadable(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _pango_elsewhere() -> bool:
    """macOS and others name the libraries differently."""
    return all(ctypes.util.find_library(name) for name in ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset"))
