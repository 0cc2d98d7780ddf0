"""An `AppError` in the language of the screen."""

from PySide6.QtCore import QCoreApplication

from avenrae_desktop.kernel.errors import AppError


def problem_texts(error: AppError) -> tuple[str, str, str]:
    """Title, what happened, what to do; translated, parameters filled in."""
    problem = error.problem
    title, what, advice = (
        QCoreApplication.translate("problems", text).format_map(error.params) if text else ""
        for text in (problem.title, problem.what, problem.advice)
    )
    return title, what, advice
