"""Rate limits on signing in, registering and new passwords; read by django-allauth and `profiles.sign_in_limits`."""

RATES = {
    # Tries, right ones too, and what the page of too many requests tells of: all by the minute.
    "login": "300/m/ip",
    "signup": "100/m/ip",
    "reset_password": "100/m/ip,5/m/key",
    "reset_password_from_key": "100/m/ip",
    # Wrong passwords: by account and address together, by account, by address.
    "login_failed": "5/5m/key,15/h/key,50/d/key",
    "login_failed_from_anywhere": "20/h/key,100/d/key",
    "login_failed_by_address": "100/m/ip,1000/h/ip",
}

# Signing in with a passkey: no secret that can be guessed, but each try makes a challenge.
SECOND_FACTOR_RATES = {"webauthn_login": "100/m/ip"}
