"""The portal's electronic seal: keys, certificates, sealing of PDFs, checking of sealed ones. docs/seals.md.

Everything here is on real time, never on the clock that can be moved: others check a seal's time against theirs.
Rule: docs/rules.md, Sealing.
"""
