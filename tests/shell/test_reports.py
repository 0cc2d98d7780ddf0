"""The reports in the window, over the demo practice."""

from PySide6.QtCore import Qt

from avenrae_desktop.areas.reports.panel import ReportsPanel
from avenrae_desktop.bootstrap import App
from tests.shell.hands import CTRL, Hands
from tests.support.qt import InLoop


def test_ctrl_4_shows_what_the_practice_earned(demo: App, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        await hands.key(Qt.Key.Key_4, CTRL)
        assert hands.work.key == "reports"
        panel = hands.work.panel("reports")
        assert isinstance(panel, ReportsPanel)
        await hands.until(panel.save.isEnabled)
        assert panel.model.rows[0].bookings + panel.model.rows[1].bookings > 20
        assert panel.minimumSizeHint().width() < 1100

    in_loop(run())


def test_a_client_is_found_for_their_bookings(demo: App, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        hands.work.go("reports")
        panel = hands.work.panel("reports")
        assert isinstance(panel, ReportsPanel)
        await hands.until(panel.save.isEnabled)
        panel.choice.set_value(next(each for each in panel.reports if each.key == "client_history"))
        panel.asking.client.setFocus()
        for letter in (Qt.Key.Key_K, Qt.Key.Key_E, Qt.Key.Key_L, Qt.Key.Key_L):
            await hands.key(letter)
        await hands.until(panel.asking.client.choices)
        found = panel.asking.client.choices()[0]
        assert found.text == "Anna Keller"
        panel.asking.client.pick(found)
        await hands.until(lambda: panel.model.rows)

    in_loop(run())
