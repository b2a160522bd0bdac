"""What was dropped or pasted names local files, whatever their bytes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl

from incipit.ui.file_urls import local_paths, path_of


def mime(*urls):
    data = QMimeData()
    data.setUrls([QUrl(url) if isinstance(url, str) else url for url in urls])
    return data


def test_local_files_come_in_order_and_once():
    data = mime("file:///a/b.txt", "file:///a/c%20d.txt", "file:///a/b.txt")
    assert local_paths(data) == [Path("/a/b.txt"), Path("/a/c d.txt")]


def test_other_urls_and_text_are_no_files():
    text = QMimeData()
    text.setText("/a/b.txt")
    assert local_paths(mime("https://example.org/a.txt")) == []
    assert local_paths(text) == []
    assert local_paths(None) == []


@pytest.mark.skipif(sys.platform == "win32", reason="names are text on Windows")
def test_name_that_is_not_utf8_survives():
    url = QUrl.fromEncoded(b"file:///a/caf%E9%20x.txt")
    assert os.fsencode(path_of(url)) == b"/a/caf\xe9 x.txt"


def test_name_with_a_percent_sign_survives():
    assert path_of(QUrl.fromLocalFile("/a/100%25.txt")) == Path("/a/100%25.txt")
