"""Headers that tell machines that a machine writes: no out-of-office note comes back (RFC 3834, MS-OXCMAIL)."""

AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
