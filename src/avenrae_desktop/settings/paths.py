"""Where the program keeps its files on this computer."""

from dataclasses import dataclass
from pathlib import Path

APP_NAME = "Avenrae Desktop"


@dataclass(frozen=True, slots=True)
class Paths:
    """`data` holds the practices, `config` the settings of this computer, `logs` the crash reports."""

    data: Path
    config: Path
    logs: Path

    @property
    def practices(self) -> Path:
        return self.data / "practices"

    @property
    def servers(self) -> Path:
        """The enrolment files of the practice servers that this computer has joined."""
        return self.data / "servers"

    @property
    def demo(self) -> Path:
        return self.data / "demo"

    @property
    def machine_settings(self) -> Path:
        return self.config / "settings.toml"


def user_paths() -> Paths:
    """The places that the system means for one user's programs ($XDG_... on Linux)."""
    from platformdirs import PlatformDirs

    system = PlatformDirs(APP_NAME, appauthor=False)
    return Paths(system.user_data_path, system.user_config_path, system.user_log_path)


def paths_under(folder: Path) -> Paths:
    """Everything in one folder: for tests, screenshots and a practice on a stick."""
    return Paths(folder / "data", folder / "config", folder / "logs")
