"""The two tools that come by npm: exact versions, checked by what npm says it unpacked."""

import json
import shutil
import subprocess
from pathlib import Path

from launch.paths import ROOT, UserError

# Not the folder of the run's throw-away services: what was fetched once stays.
HOME = ROOT / ".portal" / "web-tools"
# Lighthouse 13 wants Node 22.19; 12 runs with 18 as well, which is what Debian 12 has.
VERSIONS = {"lighthouse": "12.8.2", "vnu-jar": "26.9.27"}
INTEGRITY = {
    "lighthouse": "sha512-+5SKYzVaTFj22MgoYDPNrP9tlD2/Ay7j3SxPSFD9FpPyVxGr4UtOQGKyrdZ7wCmcnBaFk0mCkPfARU3CsE0nvA==",
    "vnu-jar": "sha512-TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNea0KA==",
}


def installed(name: str) -> Path:
    """The package's folder; fetched when this version is not there yet. UserError where npm or Java is missing."""
    needed = "java" if name == "vnu-jar" else "node"
    if missing := [tool for tool in ("npm", needed) if not shutil.which(tool)]:
        raise UserError(f"{name} needs {' and '.join(missing)}. As root: apt-get install npm default-jre-headless")
    folder = HOME / name / "node_modules" / name
    if _version(folder) != VERSIONS[name]:
        _install(name)
    return folder


def _install(name: str) -> None:
    home = HOME / name
    home.mkdir(parents=True, exist_ok=True)
    command = ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--prefix", str(home)]
    subprocess.run([*command, f"{name}@{VERSIONS[name]}"], check=True)
    kept = json.loads((home / "node_modules" / ".package-lock.json").read_text())
    found = kept["packages"][f"node_modules/{name}"]["integrity"]
    if found != INTEGRITY[name]:
        shutil.rmtree(home)
        raise UserError(f"{name} {VERSIONS[name]} is not what it was when this was written: {found}")


def _version(folder: Path) -> str | None:
    about = folder / "package.json"
    return json.loads(about.read_text())["version"] if about.exists() else None
