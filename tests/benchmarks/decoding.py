"""How often the text of a file without marks comes out right, and at what speed.

Real texts are re-encoded and decoded again; right means equal in every character. The texts
are the messages of installed programs in many languages (gettext catalogues, on Linux), in
files of 1, 5 and 25 messages, or UTF-8 files under folders named by language (``pl/a.txt``),
or news articles, of which those with a few characters beyond ASCII go into Windows-1252.

    python tests/benchmarks/decoding.py [--texts FOLDER] [--news FOLDER] [--files 100]
"""

from __future__ import annotations

import argparse
import gettext
import random
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "desktop"))

from incipit.errors import UserError
from incipit.text.decoding import decode
from incipit.text.tokens import terms, tokenise

#: Encodings and the languages written in them.
ENCODINGS = {
    "windows-1252": "de fr es it pt sv da nl fi nb is ca",
    "iso-8859-15": "fr fi et de es",
    "iso-8859-2": "pl cs hu hr sl sk ro",
    "windows-1250": "pl cs hu hr sl sk ro",
    "koi8-r": "ru",
    "windows-1251": "ru uk bg sr",
    "windows-1253": "el",
    "windows-1254": "tr",
    "windows-1255": "he",
    "windows-1256": "ar",
    "windows-1257": "lt lv et",
    "shift_jis": "ja",
    "euc-jp": "ja",
    "big5": "zh_TW",
    "gb18030": "zh_CN",
    "cp949": "ko",
    "utf-16-le": "de pl ru el he ar ja zh_CN zh_TW ko",
    "utf-16-be": "de pl ru el he ar ja zh_CN zh_TW ko",
}
_SIZES = (1, 5, 25)
_FEW_HIGH = 0.01


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--texts", type=Path, help="folders of UTF-8 texts, by language")
    parser.add_argument("--news", type=Path, help="a folder of articles")
    parser.add_argument("--files", type=int, default=100, help="files of each kind")
    chosen = parser.parse_args(arguments)
    _report_languages(chosen.texts, chosen.files)
    if chosen.news:
        _report_news(chosen.news)


def _report_languages(folder: Path | None, files: int) -> None:
    sizes = "".join(f"{f'of {size}':>14}" for size in _SIZES) if folder is None else "  right"
    print(f"{'encoding':14}{sizes}   ms a file   taken for")
    for encoding, languages in ENCODINGS.items():
        found = [_texts_of(folder, language, encoding, files) for language in languages.split()]
        columns = [[text for texts in found for text in texts[at]] for at in range(len(found[0]))]
        if not any(columns):
            print(f"{encoding:14}  no texts")
            continue
        wrong: Counter[str] = Counter()
        cells, spent = "", 0.0
        for texts in columns:
            right, seconds = _count_right(texts, encoding, wrong)
            cells += f"{f'{right}/{len(texts)}':>14}"
            spent += seconds
        each = 1e3 * spent / sum(map(len, columns))
        mistakes = ", ".join(f"{name} {count}" for name, count in wrong.most_common(3))
        print(f"{encoding:14}{cells}   {each:9.1f}   {mistakes}")


def _count_right(texts: list[str], encoding: str, wrong: Counter[str]) -> tuple[int, float]:
    right, spent = 0, 0.0
    for text in texts:
        data = text.encode(encoding)
        start = time.perf_counter()
        try:
            decoded = decode(data)
            found, name = decoded.text, decoded.encoding
        except UserError as refused:
            found, name = None, refused.code
        spent += time.perf_counter() - start
        if found == text:
            right += 1
        else:
            wrong[name] += 1
    return right, spent


def _texts_of(folder: Path | None, language: str, encoding: str, files: int) -> list[list[str]]:
    """Return texts that ``encoding`` can write, a list for each size of file."""
    if folder is not None:
        texts = [path.read_text("utf-8") for path in sorted((folder / language).glob("*"))]
        return [[text for text in map(_stored, texts) if _fits(text, encoding)][:files]]
    messages = [text for text in _messages(language) if _fits(text, encoding)]
    return [
        ["\n".join(messages[at : at + size]) for at in range(0, len(messages) - size + 1, size)][
            :files
        ]
        for size in _SIZES
    ]


def _messages(language: str) -> list[str]:
    found = set(_catalogue_messages(language))
    shuffled = sorted(found)
    random.Random(language).shuffle(shuffled)
    return shuffled


def _catalogue_messages(language: str) -> Iterator[str]:
    for path in Path("/usr/share/locale").glob(f"{language}/LC_MESSAGES/*.mo"):
        with path.open("rb") as file:
            try:
                catalogue = gettext.GNUTranslations(file)._catalog
            except (OSError, UnicodeDecodeError):
                continue
        for original, text in catalogue.items():
            if original and isinstance(text, str) and not text.isascii() and text.isprintable():
                yield _stored(text)


def _stored(text: str) -> str:
    return unicodedata.normalize("NFC", text.removeprefix("\ufeff"))


def _fits(text: str, encoding: str) -> bool:
    try:
        return not text.isascii() and bool(text.encode(encoding))
    except UnicodeEncodeError:
        return False


def _report_news(folder: Path) -> None:
    data = [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]
    start = time.perf_counter()
    decoded = [decode(one) for one in data]
    spent = time.perf_counter() - start
    size = sum(map(len, data)) / 1e6
    print(f"\nNews as it stands: {len(data)} files, {size / spent:.0f} MB/s; encodings", end=" ")
    print(dict(Counter(one.encoding for one in decoded)))
    few = [
        one.text
        for one in decoded
        if _fits(one.text, "windows-1252")
        and sum(char > "\x7f" for char in one.text) < _FEW_HIGH * len(one.text)
    ]
    wrong: Counter[str] = Counter()
    right, seconds = _count_right(few, "windows-1252", wrong)
    print(f"News with few high bytes in Windows-1252: {right} of {len(few)} right", end=", ")
    print(f"{1e3 * seconds / max(len(few), 1):.1f} ms a file; taken for {dict(wrong)}")
    for name, act in (("terms", terms), ("tokens with spans", tokenise)):
        start = time.perf_counter()
        for one in decoded:
            act(one.text)
        print(f"{name}: {size / (time.perf_counter() - start):.0f} MB/s")


if __name__ == "__main__":
    main()
