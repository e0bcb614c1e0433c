"""The only files a brief may read: named project assets in, everything else refused and noted."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

SCHEME = "brief:"


class OwnFilesOnly(URLFetcher):
    """Serves the named assets and stops the render at any other address, whatever its scheme.

    `blocked` counts refusals: a drawing swallows the error that stops everything else, so look afterwards.
    """

    def __init__(self, assets: Mapping[str, Callable[[], bytes]]) -> None:
        super().__init__(timeout=0, allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self.assets = assets
        self.blocked = 0

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The bytes of an asset. Raises FatalURLFetchingError for every other address."""
        if url.startswith(SCHEME):
            asset = self.assets.get(url.removeprefix(SCHEME))
            if asset is not None:
                return URLFetcherResponse(url, asset())
        self.blocked += 1
        raise FatalURLFetchingError("a resource that is not one of our own files")

    def open(self, url: object, data: object = None, timeout: object = None) -> URLFetcherResponse:
        """Never opens anything by itself: all ways lead through `fetch`."""
        return self.fetch(str(getattr(url, "full_url", url)))
