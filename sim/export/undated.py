"""Office files, which are archives, without the hour at which their parts were packed."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIRST = (1980, 1, 1, 0, 0, 0)
"""The first hour that an archive can tell."""


def undated(content: bytes) -> bytes:
    """Return the archive with the same parts in the same order, all of them of the first hour."""
    packed = BytesIO()
    with ZipFile(BytesIO(content)) as given, ZipFile(packed, "w") as whole:
        for part in given.infolist():
            whole.writestr(ZipInfo(part.filename, FIRST), given.read(part), ZIP_DEFLATED)
    return packed.getvalue()
