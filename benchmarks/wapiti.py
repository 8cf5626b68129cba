"""wapiti, a scanner for holes of web pages, over the demo world as nobody and as each role. It changes what it finds.

It is installed in an environment of its own, in the version named here, and asks the portal on this machine only:
modules that need a server elsewhere are left out. WAPITI_SECONDS=60 gives each role a minute to crawl and each module
one to attack, in place of two.
"""

import json
import os
import re
import subprocess
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests

from launch.paths import ROOT, VENV
from tests.a11y.survey_result import NOBODY, ROLES
from tests.plugin.portal import RunningPortal, running

VERSION = "3.2.3"
HOME = ROOT / ".portal" / "wapiti"
# Without those that send the portal to a server elsewhere (ssrf, xxe, log4shell), or guess at names for hours.
MODULES = (
    "backup,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,information_disclosure,methods,permanentxss,"
    "redirect,sql,upload,xss"
)
# What ends the scan itself: signing out, leaving, ending sessions, a new password.
LEFT_OUT = ("account/logout", "me/forget", "me/sessions", "account/password", "account/email", "language")
MEDIUM = 2
"""Of wapiti's levels: 1 low, 2 medium, 3 high, 4 critical."""
PASSWORD = "demo"


def main(json_path: str | None = None) -> int:
    """0 when nothing of medium or higher was found.

    JSON: at (UTC), version, seconds_a_role, roles (name to pages crawled and findings by level), found, seconds.
    """
    began, seconds = time.monotonic(), int(os.environ.get("WAPITI_SECONDS", "120"))
    program = _installed()
    roles: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as made, running(Path(made) / "portal", name="cxc_wapiti", broker=12) as portal:
        for role in ROLES:
            roles[role] = found = _scan(program, portal, role, Path(made) / role, seconds)
            print(f"{role:12} {found['pages']} pages, {dict(found['levels'])}", flush=True)
    worst = [f"{role}: {one}" for role, found in roles.items() for one in found["found"]]
    result = {
        "at": datetime.now(UTC).isoformat(timespec="minutes"),
        "version": VERSION,
        "seconds_a_role": seconds,
        "roles": roles,
        "seconds": round(time.monotonic() - began),
    }
    print(*worst, f"{len(worst)} findings of medium or higher", sep="\n")
    if json_path:
        Path(json_path).write_text(json.dumps(result, indent=1) + "\n")
    return 1 if worst else 0


def _installed() -> Path:
    """The program, installed when this version is not there yet."""
    program = HOME / VERSION / "bin" / "wapiti"
    if not program.exists():
        uv = str(VENV / "bin" / "uv")
        subprocess.run([uv, "venv", "--quiet", "--clear", str(HOME / VERSION)], check=True)
        python = str(HOME / VERSION / "bin" / "python")
        subprocess.run([uv, "pip", "install", "--quiet", "--python", python, f"wapiti3=={VERSION}"], check=True)
    return program


def _scan(program: Path, portal: RunningPortal, role: str, folder: Path, seconds: int) -> dict[str, Any]:
    """pages (crawled), levels (findings by level), found (a sentence for each of medium or higher)."""
    folder.mkdir()
    report = folder / "report.json"
    command = [str(program), "--url", f"{portal.address}/", "--scope", "domain", "--module", MODULES]
    command += ["--max-scan-time", str(seconds), "--max-attack-time", str(seconds), "--tasks", "4", "--depth", "6"]
    command += ["--format", "json", "--output", str(report), "--store-session", str(folder), "--no-bugreport"]
    command += ["--flush-session", "--color", "--verbose", "0"]
    for address in LEFT_OUT:
        command += ["--exclude", f"{portal.address}/{address}/*"]
    if role != NOBODY:
        command += ["--cookie", str(_cookies(portal, role, folder))]
    most = seconds * (2 + MODULES.count(","))
    subprocess.run(
        command, check=True, timeout=most, stdout=subprocess.DEVNULL, env={**os.environ, "HOME": str(folder)}
    )
    return _read(json.loads(report.read_text()))


def _cookies(portal: RunningPortal, role: str, folder: Path) -> Path:
    """Sign in; the cookies in wapiti's form: host, path, name."""
    session, address = requests.Session(), f"{portal.address}/account/login/"
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', session.get(address, timeout=30).text)
    assert token is not None
    given = {"login": f"{role}@demo.example", "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
    session.post(address, given, headers={"Referer": address}, timeout=30).raise_for_status()
    named = {one.name: _cookie(one.value) for one in session.cookies}
    assert "sessionid" in named, f"{role} could not sign in"
    path = folder / "cookies.json"
    path.write_text(json.dumps({"127.0.0.1": {"/": named}}))
    return path


def _cookie(value: str | None) -> dict[str, Any]:
    return {"value": value, "expires": None, "secure": False, "port": None, "version": 0}


def _read(report: dict[str, Any]) -> dict[str, Any]:
    findings = [(name, one) for name, found in report["vulnerabilities"].items() for one in found]
    worst = [
        f"{name}, level {one['level']}: {one['method']} {one['path']} {one['parameter']}: {one['info']}"
        for name, one in findings
        if one["level"] >= MEDIUM
    ]
    return {
        "pages": report["infos"]["crawled_pages_nbr"],
        "levels": Counter(str(one["level"]) for _name, one in findings),
        "found": worst,
    }
