"""The fields of the index as Whoosh knows them, and the tokeniser as a Whoosh analyzer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whoosh.analysis import Analyzer, Token
from whoosh.fields import NUMERIC, TEXT, Schema

from incipit.index.inversion import CONTENT
from incipit.text.tokens import terms, tokenise

#: The field of the store's document ids: indexed, stored, unique, sortable.
KEY = "key"


class TokenAnalyzer(Analyzer):
    """Yields the tokens of `incipit.text.tokens`, one at each position."""

    def __call__(  # noqa: D102 - said by the class; the arguments are Whoosh's
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        removestops: bool = True,
        start_pos: int = 0,
        start_char: int = 0,
        mode: str = "",
        **kwargs: object,
    ) -> Iterator[Token]:
        token = Token(positions, chars, removestops=removestops, mode=mode, **kwargs)
        spans = tokenise(value) if chars else None
        for number, text in enumerate(terms(value) if spans is None else spans.terms):
            token.text = text
            token.boost = 1.0
            token.pos = start_pos + number
            if spans is not None:
                token.startchar = start_char + int(spans.starts_cp[number])
                token.endchar = start_char + int(spans.ends_cp[number])
            yield token


def index_schema(fields: Sequence[str] = (CONTENT,)) -> Schema:
    """Return the schema of an index with the given text fields."""
    key = NUMERIC(int, bits=64, signed=True, stored=True, unique=True, sortable=True, shift_step=0)
    schema = Schema(**{KEY: key})
    for name in fields:
        # A word of a query that is several tokens (S-400) means them next to each other.
        schema.add(name, TEXT(analyzer=TokenAnalyzer(), multitoken_query="phrase"))
    return schema


def text_fields(schema: Schema) -> tuple[str, ...]:
    """Return the names of the text fields of a schema.

    Raises:
        ValueError: it has a field that the columns cannot hold.
    """
    names = [name for name in schema.names() if name != KEY]
    for name in names:
        if not isinstance(schema[name], TEXT) or schema[name].stored:
            raise ValueError(f"the index keeps no field like {name}")
    return tuple(names)
