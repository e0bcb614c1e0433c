"""A brief's content in, PDF bytes out. The only importer of WeasyPrint; it reads no file but our own."""

from .attached import decision_json_of
from .errors import BriefBlocked, BriefError, BriefTooLong, BriefUnreadable
from .render import BriefFile, brief_pdf, renderer_warm

__all__ = [
    "BriefBlocked",
    "BriefError",
    "BriefFile",
    "BriefTooLong",
    "BriefUnreadable",
    "brief_pdf",
    "decision_json_of",
    "renderer_warm",
]
