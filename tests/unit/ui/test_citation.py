from incipit.ui.citation import with_citation


def test_a_quotation_says_title_file_line_and_character(make_document):
    text = "Heading\n\nSome words here.\n"
    start = text.index("words")
    cited = with_citation(make_document(text), text, start, start + 5)
    assert cited == ("words\n\nA first letter (/corpus/letters/first.txt, line 3, character 6)\n")


def test_characters_are_code_points(make_document):
    text = "\U0001f600e\u0301 word"
    assert "line 1, character 5)" in with_citation(make_document(text), text, 4, 8)


def test_a_path_that_is_not_text_can_be_copied(make_document):
    document = make_document(path="/corpus/\udce9t\udce9.txt", title="Several\nlines")
    cited = with_citation(document, "word", 0, 4)
    assert "/corpus/?t?.txt" in cited
    assert "Several lines" in cited
    cited.encode()
