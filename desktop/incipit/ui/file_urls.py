"""Files in what was dropped or copied: the local paths among its URLs."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from PySide6.QtCore import QMimeData, QUrl

_NOT_UTF8 = "�"


def local_paths(data: QMimeData | None) -> list[Path]:
    """Return the local files and folders that ``data`` names, in order, none twice.

    Nothing is looked up in the file system.
    """
    if data is None or not data.hasUrls():
        return []
    paths = [path_of(url) for url in data.urls() if url.isLocalFile()]
    return list(dict.fromkeys(path for path in paths if path is not None))


def path_of(url: QUrl) -> Path | None:
    """Return the path of a file URL, undecodable bytes as surrogates, or None without one."""
    text = url.toLocalFile()
    if _NOT_UTF8 in text:
        # A name that is not UTF-8 stands percent-encoded in the URL; Qt's string lost it.
        text = os.fsdecode(unquote_to_bytes(urlsplit(bytes(url.toEncoded().data())).path))
    return Path(text) if text else None
