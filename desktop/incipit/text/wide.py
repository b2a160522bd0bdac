"""UTF-16 and UTF-32 without a mark, told by where their NULs stand and how they read."""

from __future__ import annotations

from incipit.text.plausibility import cost

#: How much is read to decide, in bytes; a multiple of four.
_SAMPLE_BYTES = 4_096

#: The cost in nats of a character, above which a reading is no text: rare characters of mixed
#: scripts cost 10 and more, Chinese news 5 to 7, English nothing.
_IMPLAUSIBLE = 9.0


def decode_wide(data: bytes) -> tuple[str, str] | None:
    """Return text and encoding of ``data`` as UTF-32 or UTF-16, or None where it is neither."""
    for name in _possible(data):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, name
    return None


def _possible(data: bytes) -> list[str]:
    """Return the encodings in which the beginning of ``data`` reads like text, best first."""
    names: list[str] = []
    if len(data) % 4 == 0:
        names += ["utf-32-le", "utf-32-be"]
    if len(data) % 2 == 0:
        names += ["utf-16-le", "utf-16-be"]
    costs = {name: _mean_cost(data[:_SAMPLE_BYTES], name) for name in names}
    return sorted((name for name in names if costs[name] < _IMPLAUSIBLE), key=costs.__getitem__)


def _mean_cost(sample: bytes, name: str) -> float:
    """Return the cost of a character of ``sample``; ASCII controls cost as symbols do."""
    text = sample.decode(name, "replace")
    controls = sum(char < " " and char not in "\t\n\v\f\r" for char in text)
    # The sample may end within a pair, which is no fault of the text.
    return (cost(text.removesuffix("\ufffd")) + 10 * controls) / max(len(text), 1)
