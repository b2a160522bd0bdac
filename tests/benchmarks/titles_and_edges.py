"""How well torn edges are recognised, and titles named, on slabs whose cuts are known.

Give the folder of slabs and the folder of the articles they were cut from: the articles in
path order, lower case, everything but letters and digits a space, joined by a space, cut
every so many characters. Slabs that are not pieces of these articles are left out.

    python tests/benchmarks/titles_and_edges.py SLABS ARTICLES [--titles 10]
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "desktop"))

import numpy as np

from incipit.text.decoding import decode
from incipit.text.slabs import TornEdges, WordTally, is_slab_shaped, looks_cut
from incipit.text.titles import heading, incipit, incipit_title
from incipit.text.tokens import terms

_BINS = 10


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("slabs", type=Path)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--titles", type=int, default=10, help="titles to print")
    chosen = parser.parse_args(arguments)
    slabs = _texts(chosen.slabs)
    articles = _texts(chosen.articles)
    stream = " ".join(" ".join(re.findall("[a-z0-9]+", text.lower())) for text in articles)
    placed = [(text, at) for text in slabs if (at := stream.find(text)) >= 0]
    print(f"{len(slabs)} slabs, {len(placed)} of them found in {len(articles)} articles")
    _report_shapes(slabs, articles)
    _report_edges(placed, stream)
    _report_titles(placed, articles, stream, chosen.titles)


def _texts(folder: Path) -> list[str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [decode(path.read_bytes()).text for path in files]


def _report_shapes(slabs: list[str], articles: list[str]) -> None:
    lengths = list(map(len, slabs))
    print("\nSlabs recognised")
    print(f"  by shape: {sum(map(is_slab_shaped, slabs))} of {len(slabs)} slabs,", end=" ")
    print(f"{sum(map(is_slab_shaped, articles))} of {len(articles)} articles")
    print(f"  by length: {sum(looks_cut(length, lengths) for length in lengths)} slabs")


def _report_edges(placed: list[tuple[str, int]], stream: str) -> None:
    split = [(terms(text), at, at + len(text)) for text, at in placed]
    inner = Counter(term for tokens, _, _ in split for term in tokens[1:-1])
    words = sorted(inner)
    tally = WordTally(words, np.array([inner[word] for word in words]))
    edges = TornEdges([tally], keeps_spaces=any(text[:1] == " " for text, _ in placed))
    starts = [
        (0.0 if text[0] == " " else edges.first_torn(tokens[0]), _is_inside(stream, start))
        for (text, _), (tokens, start, _) in zip(placed, split, strict=True)
    ]
    ends = [
        (0.0 if text[-1] == " " else edges.last_torn(tokens[-1]), _is_inside(stream, end))
        for (text, _), (tokens, _, end) in zip(placed, split, strict=True)
    ]
    for name, found in (("First token", starts), ("Last token", ends)):
        _report_likelihoods(name, found)


def _is_inside(stream: str, at: int) -> bool:
    return 0 < at < len(stream) and stream[at - 1] != " " and stream[at] != " "


def _report_likelihoods(name: str, found: list[tuple[float, bool]]) -> None:
    torn = sum(truth for _, truth in found)
    called = [truth for likelihood, truth in found if likelihood >= 0.5]
    brier = sum((likelihood - truth) ** 2 for likelihood, truth in found) / len(found)
    print(f"\n{name} torn: {torn} of {len(found)}; called torn at 0.5 and above: {len(called)}")
    print(f"  precision {sum(called) / max(len(called), 1):.3f}", end="  ")
    print(f"recall {sum(called) / max(torn, 1):.3f}  Brier {brier:.3f}", end="  ")
    base = torn / len(found)
    print(f"(always saying {base:.2f}: {base * (1 - base):.3f})")
    gap = 0.0
    print("  likelihood   slabs   mean said   share torn")
    for low in range(_BINS):
        inside = [pair for pair in found if min(int(pair[0] * _BINS), _BINS - 1) == low]
        if inside:
            said = sum(pair[0] for pair in inside) / len(inside)
            true = sum(pair[1] for pair in inside) / len(inside)
            gap += abs(said - true) * len(inside) / len(found)
            row = f"  {low / _BINS:.1f} to {(low + 1) / _BINS:.1f}"
            print(f"{row}   {len(inside):5}   {said:9.2f}   {true:10.2f}")
    print(f"  expected calibration error {gap:.3f}")


def _report_titles(
    placed: list[tuple[str, int]], articles: list[str], stream: str, shown: int
) -> None:
    named = sum(heading(text) == text.partition("\n")[0] for text in articles)
    print(f"\nTitles\n  headlines of articles: {named} of {len(articles)}")
    known: Counter[str] = Counter()
    for text, _ in placed:
        known.update(set(terms(text)))
    whole = set(stream.split())
    torn_words = sum(
        any(word not in whole for word in terms(incipit(text, is_slab=True))) for text, _ in placed
    )
    print(f"  incipits of slabs with a word that the articles lack: {torn_words}")
    title = _title_of(known.__getitem__, len(placed))
    titles = [title(text) for text, _ in placed]
    print(f"  titles of slabs that are unique: {len(set(titles))} of {len(titles)}")
    for text in titles[:shown]:
        print(f"    {text}")


def _title_of(document_frequency: Callable[[str], int], count: int) -> Callable[[str], str]:
    return lambda text: incipit_title(
        text, is_slab=True, document_frequency=document_frequency, document_count=count
    )


if __name__ == "__main__":
    main()
