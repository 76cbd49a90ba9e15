"""Takes a picture of each kind of screen from the preview page: the second half of `make screenshots`.

    python tools/screenshots_kinds.py [FOLDER]

One panel a picture, in English and in French, as wide as on a phone and as on a desktop. Needs no demo.
"""

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from png import small

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from flows.playbook import load  # noqa: E402 - the checkout is not installed
from flows.words import LANGUAGES  # noqa: E402
from tools.preview import page  # noqa: E402

FOLDER = ROOT / "docs" / "screenshots"
#: Width of a modal, in pixels.
WIDTHS = {"desktop": 520, "phone": 360}
SHADES = 24  # enough for text on white
#: Name of the picture: dialogue, screen and state of the preview.
KINDS = {
    "lines": ("D12", "tasks", "filled in"),
    "line": ("D04", "steps", "one line"),
    "board": ("D11", "board", "filled in"),
    "records": ("D11", "sizes@REQ-1", "as it opens"),
    "points": ("D11", "weights", "filled in"),
    "grid": ("D14", "grid@VND-1", "as it opens"),
    "ranking": ("D02", "benefits", "as it opens"),
    "sliders": ("D13", "work", "as it opens"),
    "follow-ups": ("D05", "process", "filled in"),
    "confidential": ("D08", "today", "as it opens"),
}


def kinds(browser: Browser, folder: Path) -> None:
    """All of them, into the folder."""
    with tempfile.TemporaryDirectory() as made:
        file = Path(made) / "preview.html"
        file.write_text(page(load()), encoding="utf-8")
        for size, width in WIDTHS.items():
            shown = browser.new_page(viewport={"width": width + 60, "height": 900})
            shown.goto(file.as_uri())
            shown.add_style_tag(content=f"figure{{width:{width}px}}figcaption{{display:none}}")
            for name, (flow, screen, state) in KINDS.items():
                for language in LANGUAGES:
                    panel = f"figure[id='{flow}-{screen}-{state}-{language}']".replace(" ", "-")
                    picture = small(shown.locator(panel).screenshot(), colours=SHADES)
                    (folder / f"kind-{name}-{size}-{language}.png").write_bytes(picture)
                    print(f"  kind-{name}-{size}-{language}.png", flush=True)
            shown.close()


def main() -> int:
    """Take them. Returns an exit code."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    program = os.environ.get("CADRAGE_CHROMIUM") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        kinds(browser, folder)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
