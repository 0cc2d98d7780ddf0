"""Normal forms of names, e-mails and phones, so that every engine finds and compares them alike."""

import unicodedata

# Bidi controls: overrides and isolates would let a name reorder the text around it.
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Letters that NFKD leaves whole although people type them without the stroke.
_STROKES = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})


def clean(text: str) -> str:
    """What a person typed, fit to store: NFC, no control characters, single inner spaces, trimmed."""
    text = unicodedata.normalize("NFC", text)
    kept = "".join(" " if c in "\t\n\r" else c for c in text if c in "\t\n\r" or not _is_control(c))
    return " ".join(kept.split())


def clean_lines(text: str) -> str:
    """Like `clean`, but keeps line breaks (notes, addresses)."""
    return "\n".join(clean(line) for line in text.replace("\r\n", "\n").split("\n")).strip()


def _is_control(char: str) -> bool:
    return unicodedata.category(char) == "Cc" or char in _BIDI


def search_key(text: str) -> str:
    """The form that names are searched by: NFKD, casefold, no accents, single spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_STROKES)
    return " ".join(unicodedata.normalize("NFKC", bare.casefold()).split())


def email_key(email: str) -> str:
    """The form that e-mails are compared by: NFC, casefold, no spaces around."""
    return unicodedata.normalize("NFC", email.strip()).casefold()


def digits(phone: str) -> str:
    """Only the digits of a phone number, so that spaces and signs do not matter."""
    return "".join(str(unicodedata.digit(c)) for c in phone if c.isdigit())
