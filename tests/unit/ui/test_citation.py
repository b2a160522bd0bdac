from incipit.text.offsets import Place
from incipit.ui.citation import with_citation


def test_a_quotation_says_title_file_line_and_character(make_document):
    cited = with_citation(make_document(), "words", Place(3, 6))
    assert cited == ("words\n\nA first letter (/corpus/letters/first.txt, line 3, character 6)\n")


def test_a_path_that_is_not_text_can_be_copied(make_document):
    document = make_document(path="/corpus/\udce9t\udce9.txt", title="Several\nlines")
    cited = with_citation(document, "word", Place(1, 1))
    assert "/corpus/?t?.txt" in cited
    assert "Several lines" in cited
    cited.encode()
