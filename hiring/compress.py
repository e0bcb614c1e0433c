"""Pages and style sheets sent small: an answer in, the same answer gzipped out where it is text.

PDFs, ZIPs and fonts are compressed already; squeezing them again would only cost time and their length.
Files that were compressed when the image was built keep what they have.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXTS = ("text/", "application/json", "application/javascript", "image/svg+xml")


class TextGZip(GZipMiddleware):
    """Django's own compression (with its guard against guessing secrets from lengths), for text alone."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress what is text."""
        if not response.get("Content-Type", "").startswith(TEXTS):
            return response
        return super().process_response(request, response)
