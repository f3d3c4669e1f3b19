"""Tables in text files: encoding, separator and rows, read in pieces."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, cast

import pandas as pd

from sim.learn.reading.table import ROWS, Table, cleaned, wrong

_BLOCK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TRIED = ("utf-8", "gb18030", "big5")
"""Encodings met in practice, the strictest first: what is valid UTF-8 is hardly ever anything else."""
_SEPARATORS = ",\t;|"


def opened(path: Path) -> IO[bytes]:
    """Return a stream of the bytes of a file, those inside where it is packed by gzip."""
    return cast(IO[bytes], gzip.GzipFile(path)) if path.suffix == ".gz" else path.open("rb")


@contextmanager
def unpacked(path: Path) -> Iterator[None]:
    """Read from a file inside; SpecError where it is packed by gzip and cannot be unpacked."""
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise wrong(str(path), f"not packed by gzip as its name says ({error}); pack it again") from None


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of the bytes of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def text_table(path: Path, encoding: str | None = None) -> Table:
    """Return the table in a text file; SpecError where its encoding, header or a row cannot be read."""
    file = str(path)
    with unpacked(path):
        code = encoding or encoding_of(path)
        separator, header = _header(path, code)
    columns = cleaned(header, file)

    def pieces() -> Iterator[pd.DataFrame]:
        try:
            with unpacked(path), _chunks(path, code, separator, columns) as found:
                for piece in found:
                    yield piece.fillna("")
        except pd.errors.EmptyDataError:
            return
        except UnicodeError as error:
            raise wrong(file, f"not {code} all through ({error}); say the encoding, or save it as UTF-8") from None
        except pd.errors.ParserError as error:
            raise _bad_row(file, str(error)) from None

    name = path.name.removesuffix(".gz").rpartition(".")[0] or path.name
    return Table(file, name, columns, sha256_of(path), pieces)


def _chunks(path: Path, code: str, separator: str, columns: tuple[str, ...]) -> Any:
    return pd.read_csv(path, encoding=code, sep=separator, dtype=str, keep_default_na=False, skiprows=1,
                       names=list(columns), chunksize=ROWS, index_col=False, skipinitialspace=True,
                       header=None)  # fmt: skip


def encoding_of(path: Path) -> str:
    """Return the encoding in which the whole file can be read; SpecError where none is known."""
    with opened(path) as stream:
        start = stream.read(4)
    for mark, code in _MARKS:
        if start.startswith(mark):
            return code
    if start[1:2] == b"\0":
        return "utf-16-le"
    for code in _TRIED:
        with suppress(UnicodeDecodeError):
            _decode_all(path, code)
            return code
    raise wrong(str(path), f"the encoding is none of {', '.join(_TRIED)}; save the file as UTF-8")


def _decode_all(path: Path, code: str) -> None:
    decoder = codecs.getincrementaldecoder(code)()
    with opened(path) as stream:
        while block := stream.read(_BLOCK):
            if b"\0" in block:
                raise wrong(str(path), "not a text: it holds bytes of zero; is it a spreadsheet under another name?")
            decoder.decode(block)
        decoder.decode(b"", final=True)


def _header(path: Path, code: str) -> tuple[str, list[object]]:
    """Return the separator and the names in the first row."""
    try:
        with opened(path) as stream, codecs.getreader(code)(stream) as text:
            first = text.readline()
    except UnicodeError:
        raise wrong(str(path), f"not {code}; say the encoding, or save it as UTF-8") from None
    if not first.strip():
        raise wrong(str(path), "nothing is written in the first row; the names of the columns belong there")
    separator = max(_SEPARATORS, key=first.count)
    cells = next(pd.read_csv(pd.io.common.StringIO(first), sep=separator, header=None, dtype=str,
                             keep_default_na=False, chunksize=1))  # fmt: skip
    return separator, list(cells.iloc[0])


def _bad_row(file: str, said: str) -> Exception:
    found = re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", said)
    if found:
        message = f"{found[3]} cells where the header has {found[1]}; quote a text that holds the separator"
        return wrong(file, message, int(found[2]))
    row = re.search(r"starting at row (\d+)", said)
    return wrong(
        file, 'a quotation mark that is never closed; close it, or double it ("")', int(row[1]) + 1 if row else 1
    )
