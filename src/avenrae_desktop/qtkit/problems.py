"""An `AppError` in the language of the screen."""

from datetime import date, datetime, time
from typing import Any

from PySide6.QtCore import QCoreApplication

from avenrae_desktop.kernel.errors import AppError, Words
from avenrae_desktop.qtkit.moments import full_day_text, time_text


def problem_texts(error: AppError) -> tuple[str, str, str]:
    """Title, what happened, what to do; translated, parameters filled in as the locale writes them."""
    problem = error.problem
    shown = {name: _shown(value) for name, value in error.params.items()}
    title, what, advice = (
        _translated(text).format_map(shown) if text else ""
        for text in (problem.title, problem.what, problem.advice)
    )
    return title, what, advice


def _translated(source: str) -> str:
    return QCoreApplication.translate("problems", source)


def _shown(value: Any) -> Any:
    match value:
        case Words():
            return _translated(value)
        case datetime():
            return f"{full_day_text(value.date())}, {time_text(value)}"
        case date():
            return full_day_text(value)
        case time():
            return time_text(value)
    return value
