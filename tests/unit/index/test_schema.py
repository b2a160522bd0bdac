"""The tokeniser as a Whoosh analyzer, and the fields that the index has."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.fields import ID, TEXT
from whoosh.qparser import QueryParser

from incipit.index.schema import KEY, TokenAnalyzer, index_schema, text_fields
from incipit.text.tokens import tokenise


@given(st.text(max_size=60), st.booleans(), st.integers(0, 9), st.integers(0, 9))
def test_the_analyzer_yields_the_tokens(text, chars, start_pos, start_char):
    found = [
        (token.text, token.pos, *((token.startchar, token.endchar) if chars else ()))
        for token in TokenAnalyzer()(
            text, positions=True, chars=chars, start_pos=start_pos, start_char=start_char
        )
    ]
    tokens = tokenise(text)
    spans = zip(tokens.starts_cp + start_char, tokens.ends_cp + start_char, strict=True)
    assert found == [
        (term, start_pos + n, *(span if chars else ()))
        for n, (term, span) in enumerate(zip(tokens.terms, spans, strict=True))
    ]


@pytest.mark.parametrize("typed", ["S-400", "s-400", '"s 400"'])
def test_whooshs_parser_takes_one_word_of_two_tokens_for_neighbours(typed):
    assert str(QueryParser("content", index_schema()).parse(typed)) == 'content:"s 400"'


def test_the_schema_has_a_key_and_the_given_texts():
    schema = index_schema(("content", "title"))
    assert set(schema.names()) == {KEY, "content", "title"}
    assert set(text_fields(schema)) == {"content", "title"}
    assert schema[KEY].unique
    again = pickle.loads(pickle.dumps(schema))
    assert again.names() == schema.names()
    assert again["content"] == schema["content"]
    assert again["content"].analyzer == schema["content"].analyzer


@pytest.mark.parametrize("field", [ID(), TEXT(stored=True)], ids=["ID", "stored"])
def test_other_fields_are_refused(field):
    schema = index_schema()
    schema.add("other", field)
    with pytest.raises(ValueError, match="keeps no field like other"):
        text_fields(schema)
