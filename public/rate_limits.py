"""How often one network address may ask for the proof of a document. Rates: `cxc.settings.limits`."""

from cxc.access.rate_limits import seconds_to_wait


def may_look_up(network: str) -> bool:
    """Counts one more hash or code; whether that is still within the limit."""
    return not seconds_to_wait("proof_lookup", network)


def may_send_file(network: str) -> bool:
    """Counts one more file; whether that is still within the limit."""
    return not seconds_to_wait("proof_file", network)
