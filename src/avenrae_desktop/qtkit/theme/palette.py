"""The part of the look that Qt draws by itself: a QPalette made from the tokens."""

from PySide6.QtGui import QColor, QPalette

from avenrae_desktop.qtkit.theme.tokens import Tokens

_Role = QPalette.ColorRole


def palette(tokens: Tokens) -> QPalette:
    """All roles, so that nothing falls back to the system's colours."""
    made = QPalette()
    roles = {
        _Role.Window: tokens.bg,
        _Role.WindowText: tokens.text,
        _Role.Base: tokens.surface,
        _Role.AlternateBase: tokens.hover,
        _Role.Text: tokens.text,
        _Role.PlaceholderText: tokens.muted,
        _Role.Button: tokens.surface,
        _Role.ButtonText: tokens.text,
        _Role.BrightText: tokens.on_danger,
        _Role.ToolTipBase: tokens.raised,
        _Role.ToolTipText: tokens.text,
        _Role.Highlight: tokens.accent,
        _Role.HighlightedText: tokens.on_accent,
        _Role.Accent: tokens.accent,
        _Role.Link: tokens.accent,
        _Role.LinkVisited: tokens.accent,
        _Role.Light: tokens.surface,
        _Role.Midlight: tokens.line_fine,
        _Role.Mid: tokens.line,
        _Role.Dark: tokens.line_strong,
        _Role.Shadow: tokens.line,
    }
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    for role in (_Role.Text, _Role.WindowText, _Role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.line_strong))
    return made
