"""The process that lays out one PDF: reads an order on its input, writes the bytes on its output, ends.

Started by press.py, never imported by the bot: WeasyPrint is slow to load and large.
"""

import gc
import json
import os
import resource
import sys
from base64 import b64decode
from html import escape
from typing import Any

MOST_MEMORY = 1 << 30  # bytes of address space
OURS = "cadrage:"
#: What this process does not do once it has loaded everything it needs.
REFUSED = ("socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.Popen", "os.exec", "os.system")


def main() -> None:
    """One order, one PDF."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    gc.disable()  # one document and then the end: a fifth less time, 9 MB more for 69 pages
    order = json.load(sys.stdin)
    from weasyprint import CSS, HTML  # noqa: PLC0415 - in this process only
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # noqa: PLC0415

    pictures = {OURS + name: (kind, b64decode(data)) for name, (kind, data) in order["pictures"].items()}
    pictures[f"{OURS}watermark"] = ("image/svg+xml", watermark(order["watermark"]))

    class Bundled(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        """Knows the pictures of the order, and nothing else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in pictures:
                raise FatalURLFetchingError("a document fetches nothing")
            kind, content = pictures[url]
            return URLFetcherResponse(url, content, headers={"Content-Type": kind})

    sys.addaudithook(refuse)
    fetcher = Bundled()
    sheets = [CSS(string=WATERMARKED, url_fetcher=fetcher)] if order["watermark"] else []
    page = HTML(string=order["html"], base_url="cadrage:/", url_fetcher=fetcher)
    made = page.write_pdf(
        stylesheets=sheets, pdf_variant="pdf/ua-1", pdf_tags=True, pdf_identifier=b"cadrage", dpi=200
    )
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()
    os._exit(0)  # taking a large page apart again, object by object, takes as long as a small one


WATERMARKED = f"@page {{ background: url({OURS}watermark) center / 170mm 170mm no-repeat; }}"


def watermark(text: str) -> bytes:
    """A word across the sheet, so pale that the text on it stays readable."""
    size = min(110, 900 // max(1, len(text)))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 600"><g transform="rotate(-45 300 300)">'
        f'<text x="300" y="330" font-family="DejaVu Sans" font-weight="bold" font-size="{size}" '
        f'fill="#e9ebf0" text-anchor="middle">{escape(text)}</text></g></svg>'
    ).encode()


def refuse(event: str, details: tuple[Any, ...]) -> None:
    """Stops whatever reaches for a connection, a program or a file to write. Raises PermissionError."""
    if event in REFUSED:
        raise PermissionError(event)
    if event == "open" and any(mode in str(details[1] or "") for mode in "wax+"):
        raise PermissionError(event)


if __name__ == "__main__":
    main()
