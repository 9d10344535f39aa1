"""A report as a badge for a README: a picture, or the data from which shields.io makes one."""

from html import escape
from json import dumps

from runas_properties.conformance.judging.running import Verdict
from runas_properties.conformance.reports.report import Report

__all__ = ["badge", "endpoint"]

LABEL = "run as"
GREEN, YELLOW, RED = ("#3a7d0f", "brightgreen"), ("#8a6700", "yellow"), ("#b3261e", "red")
GREY = ("#6b6b6b", "lightgrey")
"""As drawn, dark enough for white letters; and as shields.io names it."""

CHARACTER, MARGIN = 6.6, 12


def badge(report: Report) -> str:
    """An SVG image such as `run as | conforms 963/963`, or `run as | conforms 963/963, 40 not offered`.

    Green; yellow where there are known failures or skipped cases; red where the run does not conform; grey where it was
    interrupted.
    """
    message, (color, _) = _message(report)
    left, right = (round(len(text) * CHARACTER + MARGIN) for text in (LABEL, message))
    told = escape(f"{LABEL}: {message}")
    texts = "".join(
        f'<text x="{x + width / 2:g}" y="14" textLength="{width - MARGIN}">{escape(text)}</text>'
        for x, width, text in ((0, left, LABEL), (left, right, message))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" aria-label="{told}">'
        f'<title>{told}</title><clipPath id="round"><rect width="{left + right}" height="20" rx="3"/></clipPath>'
        f'<g clip-path="url(#round)"><rect width="{left}" height="20" fill="#444"/>'
        f'<rect x="{left}" width="{right}" height="20" fill="{color}"/></g>'
        f'<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">{texts}</g>'
        "</svg>\n"
    )


def endpoint(report: Report) -> str:
    """The same as the JSON that shields.io asks of an endpoint."""
    message, (_, color) = _message(report)
    data = {"schemaVersion": 1, "label": LABEL, "message": message, "color": color, "isError": not report.conforms}
    return dumps(data) + "\n"


def _message(report: Report) -> tuple[str, tuple[str, str]]:
    passed = f"{report.counts[Verdict.PASSED.value]}/{report.total + report.not_asked}"
    if apart := report.counts[Verdict.NOT_OFFERED.value]:
        passed += f", {apart} {Verdict.NOT_OFFERED.value}"
    if report.interrupted:
        return f"interrupted {passed}", GREY
    if not report.conforms:
        return f"does not conform {passed}", RED
    excepted = sum(report.counts[verdict.value] for verdict in (Verdict.KNOWN, Verdict.SKIPPED))
    return f"conforms {passed}", YELLOW if excepted else GREEN
