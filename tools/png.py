"""Makes a picture of the screen small: at most 256 colours, packed tightly. Reads what Chromium writes.

Knows only 8-bit RGB and RGBA without interlacing; anything else comes back as it was.
"""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOURS = 256
CHANNELS = {2: 3, 6: 4}  # colour type -> bytes a pixel


def small(picture: bytes, colours: int = COLOURS) -> bytes:
    """The same picture with a palette of so many colours, 256 at most; the rarest shades take the
    nearest colour that stays."""
    parts = list(_chunks(picture))
    width, height, depth, kind, _, _, woven = struct.unpack(">IIBBBBB", parts[0][1])
    if depth != 8 or woven or kind not in CHANNELS:
        return picture
    raw = zlib.decompress(b"".join(body for name, body in parts if name == b"IDAT"))
    rows = list(_rows(raw, width, height, CHANNELS[kind]))
    counted = Counter(row[at : at + 3] for row in rows for at in range(0, len(row), CHANNELS[kind]))
    kept = _palette(counted, colours)
    index = {colour: _nearest(colour, kept) for colour in counted}
    step = CHANNELS[kind]
    lines = (b"\0" + bytes(index[row[at : at + 3]] for at in range(0, len(row), step)) for row in rows)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    body = zlib.compress(b"".join(lines), 9)
    return SIGNATURE + b"".join(
        _chunk(name, data)
        for name, data in ((b"IHDR", head), (b"PLTE", b"".join(kept)), (b"IDAT", body), (b"IEND", b""))
    )


def _palette(counted: Counter[bytes], colours: int) -> list[bytes]:
    """The commonest colour of each region of colours first, so that a small sign keeps its hue; then the
    commonest of all."""
    common = [colour for colour, _ in counted.most_common()]
    regions = {tuple(channel >> 5 for channel in colour): colour for colour in reversed(common)}
    first = sorted(regions.values(), key=lambda colour: -counted[colour])[: colours * 3 // 4]
    rest = [colour for colour in common if colour not in set(first)]
    return [*first, *rest][:colours]


def _nearest(colour: bytes, kept: list[bytes]) -> int:
    return min(
        range(len(kept)), key=lambda n: sum((a - b) ** 2 for a, b in zip(colour, kept[n], strict=True))
    )


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        yield picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        at += 12 + length


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _rows(raw: bytes, width: int, height: int, step: int) -> Iterator[bytes]:
    """The rows without PNG's filters."""
    length = width * step
    above = bytearray(length)
    for n in range(height):
        start = n * (length + 1)
        row = bytearray(raw[start + 1 : start + 1 + length])
        _unfilter(raw[start], row, above, step)
        yield bytes(row)
        above = row


def _unfilter(kind: int, row: bytearray, above: bytearray, step: int) -> None:
    """Undo one filter: none, left, up, average, Paeth. A loop each, because there are millions of bytes."""
    if kind == 1:
        for at in range(step, len(row)):
            row[at] = (row[at] + row[at - step]) & 255
    elif kind == 2:
        row[:] = bytes((one + up) & 255 for one, up in zip(row, above, strict=True))
    elif kind == 3:
        for at in range(len(row)):
            left = row[at - step] if at >= step else 0
            row[at] = (row[at] + (left + above[at]) // 2) & 255
    elif kind == 4:
        for at in range(len(row)):
            left, corner = (row[at - step], above[at - step]) if at >= step else (0, 0)
            up = above[at]
            to_left, to_up, to_corner = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
            if to_left <= to_up and to_left <= to_corner:
                up = left
            elif to_up > to_corner:
                up = corner
            row[at] = (row[at] + up) & 255
