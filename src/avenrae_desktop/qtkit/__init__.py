"""Qt that knows no area: the look, the widgets, item models, dialogs, and the one place with threads."""
