"""A drawing as a picture: SVG of ours as PNG, with the fonts of this package, alike on every machine."""

from pathlib import Path

FONTS = Path(__file__).parent / "fonts"


def png(drawing: str, *, times: int = 1) -> bytes:
    """The same as PNG, with no font of the machine it runs on. `times`: pixels for each of the drawing's,
    to be sharp on paper."""
    import resvg_py  # noqa: PLC0415 - loaded by the few who ask for a picture

    fonts = [str(path) for path in sorted(FONTS.glob("*.ttf"))]
    made = resvg_py.svg_to_bytes(svg_string=drawing, font_files=fonts, skip_system_fonts=True, zoom=times)
    return bytes(made)
