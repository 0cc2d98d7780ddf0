"""The reader that selfcheck reads papers back with."""

import pytest

from avenrae_desktop.qtkit.paper import to_pdf
from avenrae_desktop.selfcheck.pdf_text import fonts_in, text_in

SHEET = {
    "title": "Recovery key",
    "practice": "Praxis",
    "groups": ["AB12CD", "34EF56"],
    "advice": "Keep it.",
    "language": "en",
}


@pytest.mark.parametrize(
    "practice",
    [
        "Praxis am See",
        "#strong[bold] $x$ *a* `b`",
        "<b>Čapek & Łódź</b>",
        "(brackets) \\ and \\n",
        "İzmir “Ğ” – €",
    ],
)
def test_any_name_comes_back_as_it_was_given(practice: str) -> None:
    made = to_pdf("recovery-key", SHEET | {"practice": practice})
    assert practice.replace(" ", "") in text_in(made).replace(" ", "")


def test_the_sheet_is_tagged_set_in_our_fonts_and_says_its_language() -> None:
    made = to_pdf("recovery-key", SHEET | {"language": "de"})
    assert fonts_in(made) == {"Inter-Regular", "Inter-Medium", "Inter-SemiBold"}
    assert b"/Lang(de)" in made
    for tag in (b"/S/H1", b"/S/P", b"/Marked true", b"pdfuaid"):
        assert tag in made


def test_the_groups_of_the_key_are_read_in_their_order() -> None:
    groups = [f"{letter * 6}" for letter in "ABCDEF"]
    text = text_in(to_pdf("recovery-key", SHEET | {"groups": groups}))
    assert "".join(groups) in text.replace(" ", "")


def test_the_same_data_gives_the_same_paper_but_for_its_time() -> None:
    first, second = (to_pdf("recovery-key", SHEET) for _ in range(2))
    assert text_in(first) == text_in(second)
    assert abs(len(first) - len(second)) < 16


def test_data_that_does_not_fit_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="practice"):
        to_pdf("recovery-key", {key: value for key, value in SHEET.items() if key != "practice"})
