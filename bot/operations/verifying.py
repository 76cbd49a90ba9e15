"""`cadrage verify FILE`: which version of which document a file is, who signed it; or that it is not ours.

A file is known by its bytes: one letter more, and it is another. A text that still bears the fingerprint of a
version is told to be a changed one. Reads the database; changes nothing.
"""

import hashlib
import io
import lzma
import re
import zipfile
import zlib
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.documents.kinds import DOCUMENTS, NOTE
from flows.cadence import zone
from flows.document.note_sign import CHOICES, ROLES
from flows.project import Project
from flows.signoff.fingerprint import short
from flows.signoff.model import Review
from storage import document as documents
from storage import person
from storage import project as projects
from storage import review as reviews
from storage.database import Connection
from storage.document import Delivered

LARGEST = 100_000_000  # bytes of a file that is read
#: What reading a Word file that was damaged may end in.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, ValueError, KeyError, RuntimeError, OSError, EOFError,
)  # fmt: skip
_MARK = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
MARKS = 20  # that are looked up
LANGUAGES = {"en": "English", "fr": "French"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What is said of a file, and whether it is as it was delivered."""

    lines: tuple[str, ...]
    ours: bool


def verified(conn: Connection, *, content: bytes) -> Verified:
    """What these bytes are."""
    found = documents.of_file(conn, sha256=hashlib.sha256(content).hexdigest())
    if found:
        return Verified(lines=tuple(line for one in found for line in _said(conn, one)), ours=True)
    for mark in dict.fromkeys(_MARK.findall(_text(content))[:MARKS]):
        for workspace, project_id, version in reviews.bearing(conn, fingerprint=mark.decode()):
            project = projects.get(conn, workspace=workspace, id=project_id)
            if project is not None:
                said = f"It bears the fingerprint of version {version} of the scoping note of {project.name}"
                line = f"{said}, but is no file that was delivered: it was changed since."
                return Verified(lines=(line,), ours=False)
    said = "It is no file that was delivered from this database, or it was changed since."
    return Verified(lines=(said,), ours=False)


def _text(content: bytes) -> bytes:
    """Where a fingerprint can stand: the text itself, or that of a Word file."""
    if not content.startswith(b"PK"):
        return content
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            body = archive.getinfo("word/document.xml")
            return archive.read(body) if body.file_size < LARGEST else b""
    except DAMAGED:
        return b""


def _said(conn: Connection, one: Delivered) -> list[str]:
    project = projects.get(conn, workspace=one.workspace, id=one.project_id)
    if project is None:
        return ["It was delivered for a project that is not there any more."]
    here = zone(project.zone)
    name = DOCUMENTS[one.doc].name.en if one.doc in DOCUMENTS else one.doc
    language = LANGUAGES.get(one.language, one.language)
    day = one.delivered_at.astimezone(here)
    said = [
        f"{name} of {project.name}, version {one.version} ({one.form}, {language}), as delivered on "
        f"{day:%Y-%m-%d %H:%M} ({project.zone})."
    ]
    review = reviews.get(conn, workspace=one.workspace, project_id=one.project_id, version=one.version)
    if one.doc != NOTE:
        return said
    return said + (
        ["It did not go round for review."] if review is None else _signed(conn, project, review, here)
    )


STATES = {
    "review": "In review: the sponsor has not signed it.",
    "signed": "Signed by the sponsor, and frozen.",
    "back": "Sent back by the sponsor: not signed.",
    "replaced": "Not signed: a newer version took its place.",
}


def _signed(conn: Connection, project: Project, review: Review, here: ZoneInfo) -> list[str]:
    """How it stands today, and every signature with its role and moment."""
    users = [one.user for one in review.signatures]
    names = person.many(conn, workspace=project.workspace, users=users)
    said = [f"Fingerprint {short(review.fingerprint)} ({review.fingerprint}).", STATES[review.state]]
    for one in review.signatures:
        name = names[one.user].name if one.user in names else one.user
        moment, role = f"{one.at.astimezone(here):%Y-%m-%d %H:%M}", ROLES[one.role].en
        said.append(f"  {moment}  {name}, {role}: {CHOICES[one.choice].en}")
    return said
