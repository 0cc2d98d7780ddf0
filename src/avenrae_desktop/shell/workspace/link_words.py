"""How the state of the link to the practice server is said."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from avenrae_desktop.kernel.link import LinkState


@dataclass(frozen=True, slots=True)
class StateLook:
    """A state in a word, with icon and colour: never by colour alone."""

    text: str
    icon: str
    tone: str
    title: str
    """With {host}."""


def state_look(state: LinkState) -> StateLook:
    tr = QCoreApplication.translate
    return {
        LinkState.CONNECTED: StateLook(
            tr("Link", "Connected"), "circle-check", "positive", tr("Link", "Connected to {host}")
        ),
        LinkState.RECONNECTING: StateLook(
            tr("Link", "Reconnecting…"), "refresh-cw", "warning", tr("Link", "The connection to {host} was lost")
        ),
        LinkState.AWAY: StateLook(
            tr("Link", "Server away"), "circle-x", "danger", tr("Link", "{host} does not answer")
        ),
    }[state]
