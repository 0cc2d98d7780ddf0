"""Papers as PDF: a typst template from `resources/documents`, data, our fonts. Tagged, to be read aloud.

Data goes in as JSON, never as text of the template: no name can become markup.
"""

import json
from collections.abc import Mapping
from typing import Any

from avenrae_desktop.qtkit.assets import resource


def to_pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """The document as PDF/UA-1. Takes tens of milliseconds: not on the screen's thread.

    Raises RuntimeError with typst's own words if template and data do not fit: a mistake of ours.
    """
    # Loaded when the first paper is made.
    import typst

    made = typst.compile(
        resource("documents", f"{template}.typ"),
        font_paths=[resource("fonts")],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
    if not isinstance(made, bytes):
        raise TypeError(f"typst gave {type(made).__name__} for one document")
    return made
