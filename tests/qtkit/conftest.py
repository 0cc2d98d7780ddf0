"""What tests of the Qt kit share."""

from tests.support.qt import in_loop, runner, theme

__all__ = ["in_loop", "runner", "theme"]
