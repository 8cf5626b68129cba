"""Benchmarks, run by `./portal bench NAME`.

Each module has a docstring whose first line says what it measures and a function
`main(json_path)`: it prints its figures, writes them to that file when one is named, and
returns 0 (or None) when all held. DATABASE_URL and REDIS_URL name servers of its own.
"""
