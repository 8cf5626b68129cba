"""A passkey without a device: makes keys and answers as a browser hands them to the portal."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

ORIGIN = "http://localhost"
FLAG = AuthenticatorData.FLAG


@dataclass
class SoftwareKey:
    """`says_passkey`: what it tells of itself, as telephones do whatever was asked for."""

    says_passkey: bool = True
    credential_id: bytes = b"credential-id-16"
    user_handle: str = ""
    private: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def create(self, options: dict[str, Any], *, verified: bool = True) -> dict[str, Any]:
        wanted = options["publicKey"]
        self.user_handle = wanted["user"]["id"]
        public = ES256.from_cryptography_key(self.private.public_key())  # type: ignore[no-untyped-call]
        data = AuthenticatorData.create(
            _hash_of(wanted["rp"]["id"]),
            FLAG.UP | FLAG.AT | (FLAG.UV if verified else 0),
            0,
            AttestedCredentialData.create(Aaguid.NONE, self.credential_id, public),
        )
        response = {
            "clientDataJSON": websafe_encode(_client_data("webauthn.create", wanted["challenge"])),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        }
        return self._answer(response) | {"clientExtensionResults": {"credProps": {"rk": self.says_passkey}}}

    def get(self, options: dict[str, Any], *, verified: bool = True) -> dict[str, Any]:
        wanted = options["publicKey"]
        data = AuthenticatorData.create(_hash_of("localhost"), FLAG.UP | (FLAG.UV if verified else 0), 1)
        client = _client_data("webauthn.get", wanted["challenge"])
        signed = self.private.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signed),
            "userHandle": self.user_handle,
        }
        return self._answer(response) | {"clientExtensionResults": {}}

    def _answer(self, response: dict[str, Any]) -> dict[str, Any]:
        name = websafe_encode(self.credential_id)
        return {"type": "public-key", "id": name, "rawId": name, "response": response}


def _client_data(kind: str, challenge: str) -> bytes:
    return bytes(CollectedClientData.create(kind, websafe_decode(challenge), ORIGIN))


def _hash_of(rp_id: str) -> bytes:
    return hashlib.sha256(rp_id.encode()).digest()
