"""A screen of its own for acceptance tests: X server, session bus, accessibility bus, window manager."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Self

LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
MANAGER = Path(__file__).with_name("openbox.xml")
DROPPED = ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "AT_SPI_BUS_ADDRESS", "XAUTHORITY", "SESSION_MANAGER")


class Screen:
    """Everything that a desktop program expects of a session; nothing else on the machine is touched."""

    def __init__(self, home: Path, size: str = "1280x720") -> None:
        self.home, self.size = home, size
        self.env: dict[str, str] = {}
        self._running: list[subprocess.Popen[bytes]] = []
        self._bus_pid = 0

    def __enter__(self) -> Self:
        for tool in ("Xvfb", "dbus-daemon", "xdotool", "openbox"):
            if shutil.which(tool) is None:
                msg = f"{tool} is missing: run scripts/setup test"
                raise RuntimeError(msg)
        display = self._start_x()
        address = self._start_bus()
        runtime = self.home / "runtime"
        runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
        env = {k: v for k, v in os.environ.items() if k not in DROPPED and not k.startswith("XDG_")}
        self.env = env | {
            "DISPLAY": display,
            "DBUS_SESSION_BUS_ADDRESS": address,
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "XDG_RUNTIME_DIR": str(runtime),
            "HOME": str(self.home),
            "LC_ALL": "C.UTF-8",
            "TZ": "Europe/Zurich",
        }
        launcher = next((each for each in LAUNCHERS if Path(each).exists()), None)
        if launcher is None:
            msg = "at-spi2-core is missing: run scripts/setup test"
            raise RuntimeError(msg)
        self.run([launcher, "--launch-immediately"])
        self.run(["openbox", "--config-file", str(MANAGER)])
        time.sleep(0.4)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in reversed(self._running):
            end(process)
        if self._bus_pid:
            os.kill(self._bus_pid, signal.SIGTERM)

    def run(self, command: list[str], output: IO[bytes] | int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        """A process in this session, ended with it."""
        process = subprocess.Popen(
            command, env=self.env or None, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
        self._running.append(process)
        return process

    def _start_x(self) -> str:
        reader, writer = os.pipe()
        command = [
            "Xvfb",
            "-displayfd",
            str(writer),
            "-screen",
            "0",
            f"{self.size}x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ]
        self._running.append(
            subprocess.Popen(command, pass_fds=(writer,), stderr=subprocess.DEVNULL, start_new_session=True)
        )
        os.close(writer)
        with os.fdopen(reader) as answer:
            number = answer.readline().strip()
        if not number:
            msg = "the X server did not start"
            raise RuntimeError(msg)
        return f":{number}"

    def _start_bus(self) -> str:
        done = subprocess.run(
            ["dbus-daemon", "--session", "--fork", "--print-address=1", "--print-pid=1"],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        address, pid = done.stdout.split("\n")[:2]
        self._bus_pid = int(pid)
        return address


def end(process: subprocess.Popen[bytes], seconds: float = 5) -> int:
    """Ends a process kindly, then not; returns its exit code."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return process.returncode
