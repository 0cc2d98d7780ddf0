"""Every colour of the program, light and dark. Tests hold each pair of text and ground to WCAG AA."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtGui import QColor


@dataclass(frozen=True, slots=True)
class Hue:
    """Three colours that go together: a pale ground, a strong bar on it, and text on it."""

    fill: str
    bar: str
    ink: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme's colours by what they are for; `#RRGGBB` each."""

    bg: str
    surface: str
    raised: str
    line: str
    line_fine: str
    line_strong: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    accent_ink: str
    input: str
    hover: str
    selection: str
    focus: str
    now: str
    off_hours: str
    danger: str
    danger_hover: str
    on_danger: str
    danger_soft: str
    danger_ink: str
    warning_soft: str
    warning_ink: str
    positive_soft: str
    positive_ink: str
    info_soft: str
    info_ink: str
    rail: str
    rail_text: str
    rail_selected: str
    rail_on: str
    rail_mark: str
    hues: Mapping[str, Hue]
    tones: Mapping[str, Hue]

    def hue(self, name: str) -> Hue:
        """A category's colours; a name that this version does not know is shown in slate."""
        return self.hues.get(name) or self.hues["slate"]

    def tone(self, name: str) -> Hue:
        """A state's colours; unknown ones are neutral."""
        return self.tones.get(name) or self.tones["neutral"]

    def q(self, name: str) -> QColor:
        """A colour by its token name, for painting."""
        return QColor(self.value(name))

    def value(self, name: str) -> str:
        """A colour by its token name; a `#RRGGBB` stands for itself."""
        return name if name.startswith("#") else str(getattr(self, name))


def _hues(**triples: tuple[str, str, str]) -> Mapping[str, Hue]:
    return MappingProxyType({name: Hue(*triple) for name, triple in triples.items()})


LIGHT = Tokens(
    bg="#F6F5F2",
    surface="#FFFFFF",
    raised="#FFFFFF",
    line="#E6E3DC",
    line_fine="#F1EFEA",
    line_strong="#80858E",
    text="#1E2329",
    muted="#5B6270",
    accent="#0F766E",
    accent_hover="#0B5F58",
    on_accent="#FFFFFF",
    accent_soft="#E0F2EF",
    accent_ink="#0B5D56",
    input="#F1EFEA",
    hover="#F1EFEA",
    selection="#DCEFEC",
    focus="#0F766E",
    now="#D1495B",
    off_hours="#FAF9F7",
    danger="#B3303F",
    danger_hover="#952533",
    on_danger="#FFFFFF",
    danger_soft="#FBE7E8",
    danger_ink="#8E1F2E",
    warning_soft="#FDF0D9",
    warning_ink="#7A4706",
    positive_soft="#DFF3E8",
    positive_ink="#0F5A43",
    info_soft="#E3EBFB",
    info_ink="#1E3F82",
    rail="#1F2A37",
    rail_text="#A9B4C2",
    rail_selected="#2F3D4E",
    rail_on="#FFFFFF",
    rail_mark="#3FC5B5",
    hues=_hues(
        blue=("#E3EBFB", "#3B6FD4", "#1E3F82"),
        violet=("#EFE6FA", "#8250C4", "#4C2A80"),
        green=("#DDF3EC", "#1E8E6B", "#0F5A43"),
        amber=("#FDEBD3", "#B86B0A", "#7A4706"),
        rose=("#FBE4EA", "#C2416B", "#7E2242"),
        teal=("#DCF1F3", "#12808C", "#0B525A"),
        slate=("#E6EAF0", "#5D6B80", "#313D4F"),
        sand=("#EDEBE6", "#7E7A6E", "#54514A"),
    ),
    tones=_hues(
        neutral=("#ECEBE7", "#6B7280", "#4A515D"),
        info=("#E3EBFB", "#3B6FD4", "#1E3F82"),
        positive=("#DFF3E8", "#1E8E6B", "#0F5A43"),
        warning=("#FDF0D9", "#B86B0A", "#7A4706"),
        danger=("#FBE7E8", "#C0394B", "#8E1F2E"),
        accent=("#E0F2EF", "#0F766E", "#0B5D56"),
    ),
)

DARK = Tokens(
    bg="#14181D",
    surface="#1B2027",
    raised="#222830",
    line="#2A313A",
    line_fine="#222830",
    line_strong="#7B8693",
    text="#E7EAEE",
    muted="#9FA9B5",
    accent="#2DB5A6",
    accent_hover="#43C7B8",
    on_accent="#06201D",
    accent_soft="#173A37",
    accent_ink="#8FE0D6",
    input="#232A32",
    hover="#262D36",
    selection="#1C3F3C",
    focus="#2DB5A6",
    now="#FF7A85",
    off_hours="#171B21",
    danger="#F0808A",
    danger_hover="#F598A0",
    on_danger="#33090F",
    danger_soft="#43212A",
    danger_ink="#F9C3C8",
    warning_soft="#40321C",
    warning_ink="#F4D6A6",
    positive_soft="#173A30",
    positive_ink="#BDEBDB",
    info_soft="#1F2E4A",
    info_ink="#C9DAFB",
    rail="#10141A",
    rail_text="#8B96A5",
    rail_selected="#232B35",
    rail_on="#FFFFFF",
    rail_mark="#3FC5B5",
    hues=_hues(
        blue=("#1F2E4A", "#6E9BF2", "#C9DAFB"),
        violet=("#33264A", "#B48BEA", "#E3D4F8"),
        green=("#173A30", "#45C79D", "#BDEBDB"),
        amber=("#45331A", "#E9A94B", "#F8DFB8"),
        rose=("#45232F", "#EE86A5", "#F8D0DC"),
        teal=("#15383D", "#4CC1CE", "#BFE8EC"),
        slate=("#2A323D", "#95A3B8", "#D5DCE6"),
        sand=("#2B2A27", "#A39E90", "#DCD8CE"),
    ),
    tones=_hues(
        neutral=("#2A313A", "#98A2AE", "#CDD4DC"),
        info=("#1F2E4A", "#6E9BF2", "#C9DAFB"),
        positive=("#173A30", "#45C79D", "#BDEBDB"),
        warning=("#40321C", "#E9A94B", "#F4D6A6"),
        danger=("#43212A", "#F0808A", "#F9C3C8"),
        accent=("#173A37", "#2DB5A6", "#8FE0D6"),
    ),
)


def ratio(one: str, other: str) -> float:
    """WCAG 2 contrast of two colours: 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
