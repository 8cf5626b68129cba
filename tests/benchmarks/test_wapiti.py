"""What is read of wapiti's report."""

from benchmarks import wapiti


def finding(level: int) -> dict[str, object]:
    return {"level": level, "method": "GET", "path": "/search/", "parameter": "q", "info": "Reflected"}


def test_findings_of_medium_or_higher_are_named_and_all_are_counted() -> None:
    report = {"infos": {"crawled_pages_nbr": 7}, "vulnerabilities": {"XSS": [finding(1), finding(2), finding(4)]}}
    found = wapiti._read(report)
    assert (found["pages"], found["levels"]) == (7, {"1": 1, "2": 1, "4": 1})
    assert found["found"] == [f"XSS, level {level}: GET /search/ q: Reflected" for level in (2, 4)]


def test_no_module_sends_the_portal_elsewhere() -> None:
    assert not {"ssrf", "xxe", "log4shell"} & set(wapiti.MODULES.split(","))
