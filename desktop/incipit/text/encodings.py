"""The encodings that Incipit reads, under the names it records and shows."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding: ``name`` as recorded and as Python's codecs know it, ``label`` as shown."""

    name: str
    label: str


#: Every encoding that a file may be read in, by region; the picker shows them in this order.
ENCODINGS = (
    Encoding("utf-8", "Unicode (UTF-8)"),
    Encoding("utf-8-sig", "Unicode (UTF-8 with mark)"),
    Encoding("utf-16-le", "Unicode (UTF-16 little endian)"),
    Encoding("utf-16-be", "Unicode (UTF-16 big endian)"),
    Encoding("utf-32-le", "Unicode (UTF-32 little endian)"),
    Encoding("utf-32-be", "Unicode (UTF-32 big endian)"),
    Encoding("ascii", "ASCII"),
    Encoding("windows-1252", "Western European (Windows-1252)"),
    Encoding("iso-8859-1", "Western European (ISO 8859-1)"),
    Encoding("iso-8859-15", "Western European (ISO 8859-15)"),
    Encoding("mac-roman", "Western European (Mac Roman)"),
    Encoding("cp850", "Western European (DOS 850)"),
    Encoding("cp437", "Western European (DOS 437)"),
    Encoding("cp865", "Nordic (DOS 865)"),
    Encoding("cp861", "Icelandic (DOS 861)"),
    Encoding("mac-iceland", "Icelandic (Mac)"),
    Encoding("windows-1250", "Central European (Windows-1250)"),
    Encoding("iso-8859-2", "Central European (ISO 8859-2)"),
    Encoding("iso-8859-16", "South-Eastern European (ISO 8859-16)"),
    Encoding("mac-latin2", "Central European (Mac)"),
    Encoding("cp852", "Central European (DOS 852)"),
    Encoding("windows-1257", "Baltic (Windows-1257)"),
    Encoding("iso-8859-13", "Baltic (ISO 8859-13)"),
    Encoding("iso-8859-4", "Baltic (ISO 8859-4)"),
    Encoding("iso-8859-10", "Nordic (ISO 8859-10)"),
    Encoding("cp775", "Baltic (DOS 775)"),
    Encoding("windows-1254", "Turkish (Windows-1254)"),
    Encoding("iso-8859-9", "Turkish (ISO 8859-9)"),
    Encoding("mac-turkish", "Turkish (Mac)"),
    Encoding("cp857", "Turkish (DOS 857)"),
    Encoding("windows-1258", "Vietnamese (Windows-1258)"),
    Encoding("windows-1251", "Cyrillic (Windows-1251)"),
    Encoding("koi8-r", "Cyrillic (KOI8-R)"),
    Encoding("koi8-u", "Cyrillic (KOI8-U)"),
    Encoding("iso-8859-5", "Cyrillic (ISO 8859-5)"),
    Encoding("mac-cyrillic", "Cyrillic (Mac)"),
    Encoding("cp866", "Cyrillic (DOS 866)"),
    Encoding("cp855", "Cyrillic (DOS 855)"),
    Encoding("cp1125", "Ukrainian (DOS 1125)"),
    Encoding("kz1048", "Kazakh (KZ-1048)"),
    Encoding("windows-1253", "Greek (Windows-1253)"),
    Encoding("iso-8859-7", "Greek (ISO 8859-7)"),
    Encoding("mac-greek", "Greek (Mac)"),
    Encoding("cp737", "Greek (DOS 737)"),
    Encoding("cp869", "Greek (DOS 869)"),
    Encoding("windows-1255", "Hebrew (Windows-1255)"),
    Encoding("iso-8859-8", "Hebrew (ISO 8859-8)"),
    Encoding("cp862", "Hebrew (DOS 862)"),
    Encoding("windows-1256", "Arabic (Windows-1256)"),
    Encoding("iso-8859-6", "Arabic (ISO 8859-6)"),
    Encoding("cp874", "Thai (Windows-874)"),
    Encoding("shift-jis", "Japanese (Shift JIS)"),
    Encoding("cp932", "Japanese (Windows-932)"),
    Encoding("euc-jp", "Japanese (EUC-JP)"),
    Encoding("iso-2022-jp", "Japanese (ISO 2022-JP)"),
    Encoding("gb18030", "Chinese, simplified (GB18030)"),
    Encoding("big5", "Chinese, traditional (Big5)"),
    Encoding("cp950", "Chinese, traditional (Windows-950)"),
    Encoding("big5-hkscs", "Chinese, traditional (Big5-HKSCS)"),
    Encoding("cp949", "Korean (Windows-949)"),
    Encoding("johab", "Korean (Johab)"),
)

_BY_NAME = {encoding.name: encoding for encoding in ENCODINGS}

#: Names of subsets and of codecs that take their byte order from a mark.
_SAME = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "utf-16": "utf-16-le",
    "utf-32": "utf-32-le",
}


def canonical(name: str) -> str | None:
    """Return the recorded name of an encoding under any of its names, or None if not known."""
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    found = _by_codec().get(_SAME.get(codec, codec))
    if found is None and codec in _SAME:
        return _SAME[codec]
    return found.name if found else None


def label(name: str) -> str:
    """Return how an encoding is shown; a name that is not known is shown as it stands."""
    # Recorded names are known without their codecs, each a module of its own.
    known = _BY_NAME.get(name) or _BY_NAME.get(canonical(name) or "")
    return known.label if known else name


@cache
def _by_codec() -> dict[str, Encoding]:
    return {codecs.lookup(encoding.name).name: encoding for encoding in ENCODINGS}
