"""A result as one HTML page."""

from microneedling.report.render import report, write_report

__all__ = ["report", "write_report"]
