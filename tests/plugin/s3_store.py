"""For tests and benchmarks: a store that speaks S3, rclone's, on this machine."""

import os
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from launch.paths import PYTHON
from launch.services import free_port

# rclone knows no shorter ones.
KEY_ID, SECRET = "access-of-the-tests", "secret-of-the-tests"
START_SECONDS = 60


@dataclass
class S3Store:
    """Its buckets are the folders in `folder`. It can be stopped and started again at the same port."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def env(self) -> dict[str, str]:
        """The variables that lead to it."""
        return {
            "AWS_ENDPOINT_URL_S3": f"http://127.0.0.1:{self.port}",
            "AWS_REGION": "eu-west-1",
            "AWS_ACCESS_KEY_ID": KEY_ID,
            "AWS_SECRET_ACCESS_KEY": SECRET,
        }

    def start(self) -> None:
        command = [PYTHON.parent / "rclone", "serve", "s3", "--addr", f"127.0.0.1:{self.port}"]
        env = {"PATH": os.environ["PATH"], "HOME": str(self.folder)}
        self.process = subprocess.Popen(
            [*command, "--auth-key", f"{KEY_ID},{SECRET}", self.folder], env=env, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            assert time.monotonic() < deadline, "rclone does not answer"
            time.sleep(0.05)

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
            self.process = None

    def _answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port)).close()
        except OSError:
            return False
        return True
