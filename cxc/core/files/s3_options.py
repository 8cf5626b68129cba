"""How any store that speaks S3 is talked to. Whose it is says the environment, by the names that all S3 tools read:
AWS_ENDPOINT_URL_S3 (empty: Amazon's), AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY.
"""

import os
from typing import Any


def region() -> str | None:
    """boto3 itself reads another name."""
    return os.environ.get("AWS_REGION") or None


def client_config(*, connect_timeout: float, read_timeout: float, attempts: int) -> Any:
    """botocore's `Config`, times in seconds.

    Stores other than Amazon's know neither a host name for each bucket nor its newer checksums.
    """
    from botocore.config import Config  # here, because loading it takes as long as half of the portal

    return Config(
        s3={"addressing_style": "path"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        connect_timeout=connect_timeout,
        read_timeout=read_timeout,
        retries={"mode": "standard", "max_attempts": attempts},
    )
