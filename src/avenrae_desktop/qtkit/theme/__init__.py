"""The look: tokens, palette, one style sheet, icons and fonts."""

from avenrae_desktop.qtkit.theme.theme import Theme, current_theme
from avenrae_desktop.qtkit.theme.tokens import DARK, LIGHT, Hue, Tokens

__all__ = ["DARK", "LIGHT", "Hue", "Theme", "Tokens", "current_theme"]
