"""The portal's own lint rules: `python -m checks`, part of `./portal check`.

A line may depart from a rule when it says why: `# clock: REASON`, `# state: REASON`.
"""
