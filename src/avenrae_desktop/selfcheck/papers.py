"""A paper is made: a tagged PDF in our fonts, whose text can be read back as it was given."""

from pathlib import Path

from avenrae_desktop.qtkit.paper import to_pdf
from avenrae_desktop.selfcheck.finding import Found, expect
from avenrae_desktop.selfcheck.pdf_text import fonts_in, text_in

# Names that a template could take for markup, and letters from several alphabets of Europe.
_GIVEN = {
    "title": "Recovery key",
    "practice": "Čapek & Žižková: #strong[x] <b>*Łódź*</b> ÆØÅß",
    "groups": ["AB12CD", "34EF56", "GH78JK"],
    "advice": "Keep it where you keep your passport.",
    "language": "en",
}


def check(_folder: Path) -> Found:
    """The size of the sheet with a recovery key, and its fonts."""
    made = to_pdf("recovery-key", _GIVEN)
    expect(b"/StructTreeRoot" in made and b"/Marked true" in made, "the PDF is not tagged")
    expect(b"pdfuaid" in made, "the PDF does not say that it is accessible")
    fonts = fonts_in(made)
    expect(fonts and all("Inter" in each for each in fonts), f"the PDF is set in {', '.join(fonts)}")
    read = "".join(text_in(made).split())
    for each in (_GIVEN["title"], _GIVEN["practice"], "".join(_GIVEN["groups"]), _GIVEN["advice"]):
        expect("".join(str(each).split()) in read, f"“{each}” cannot be read in the PDF: {read}")
    return {"bytes": len(made), "fonts": sorted(fonts)}
