"""A person at the screen: sees what a screen reader is told, types, clicks; knows nothing of the code."""

import contextlib
import json
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.acceptance.screen import Screen, end

SYSTEM_PYTHON = "/usr/bin/python3"
EYES = Path(__file__).with_name("eyes.py")
WAIT = 12.0
BUTTONS = ["push button", "button", "toggle button", "radio button", "check box", "link"]
FIELDS = ["text", "password text", "entry", "spin button"]
ACTED_ON = [*BUTTONS, "list item", "table cell", "menu item"]


class NotSeen(AssertionError):
    """What was looked for is not on the screen; the message lists what is."""


@dataclass(frozen=True)
class Thing:
    """One control as it is told to a screen reader; `box` is x, y, width, height on the screen."""

    role: str
    name: str
    description: str
    text: str
    labels: tuple[str, ...]
    states: frozenset[str]
    box: tuple[int, int, int, int]

    @property
    def centre(self) -> tuple[int, int]:
        x, y, width, height = self.box
        return x + width // 2, y + height // 2

    @property
    def words(self) -> str:
        return self.text or self.name


class Person:
    """Hands (xdotool) and eyes (AT-SPI) on one screen, looking at one program."""

    def __init__(self, screen: Screen, pictures: Path) -> None:
        self.screen, self.pictures = screen, pictures
        self._eyes = subprocess.Popen(
            [SYSTEM_PYTHON, "-W", "ignore", str(EYES)],
            env=screen.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.program: subprocess.Popen[bytes] | None = None
        self.has_mouse = self.has_shortcuts = True
        self._log: Any = None

    def close(self) -> None:
        if self.program is not None:
            end(self.program)
        self._eyes.terminate()
        self._eyes.wait()
        for pipe in (self._eyes.stdin, self._eyes.stdout):
            if pipe is not None:
                pipe.close()
        if self._log is not None:
            self._log.close()

    # --- the program

    def start(self, *command: str) -> None:
        """Start the program and wait for its window."""
        if self._log is not None:
            self._log.close()
        self._log = (self.pictures / "program.log").open("ab")
        self.program = self.screen.run(list(command), output=self._log)
        frames = ["frame", "window", "dialog"]
        box = self.wait(lambda: self.all(role=frames), f"a window of {command[0]}")[0].box
        # A window manager still moves a new window: what is clicked must stand still.
        for _ in range(20):
            time.sleep(0.15)
            before, box = box, self.wait(lambda: self.all(role=frames), "the window")[0].box
            if before == box:
                return

    def wait_until_ended(self, seconds: float = WAIT) -> int:
        assert self.program is not None
        return self.program.wait(seconds)

    # --- eyes

    def _ask(self, what: str, **more: Any) -> Any:
        assert self.program is not None
        assert self._eyes.stdin is not None
        assert self._eyes.stdout is not None
        self._eyes.stdin.write(json.dumps({"do": what, "pid": self.program.pid, **more}) + "\n")
        self._eyes.stdin.flush()
        answer = json.loads(self._eyes.stdout.readline())
        return answer.get("ok") or []

    def all(
        self, name: str | None = None, role: Any = None, *, regex: bool = False, states: tuple = ()
    ) -> list[Thing]:
        found = self._ask("find", name=name, role=role, regex=regex, states=list(states))
        return [thing(each) for each in found]

    def tree(self) -> list[tuple[int, Thing]]:
        return [(each["depth"], thing(each)) for each in self._ask("tree")]

    def see(
        self, name: str, role: Any = None, *, regex: bool = False, states: tuple = (), seconds: float = WAIT
    ) -> Thing:
        """The first control that fits, waited for."""
        return self.wait(
            lambda: self.all(name, role, regex=regex, states=states), f"{role or 'something'} “{name}”", seconds
        )[0]

    def read(self, words: str, seconds: float = WAIT) -> Thing:
        """Text that contains these words, wherever it stands."""

        def look() -> list[Thing]:
            return [t for _, t in self.tree() if words in t.name or words in t.text or words in t.description]

        return self.wait(look, f"the words “{words}”", seconds)[0]

    def gone(self, name: str, role: Any = None, *, regex: bool = False, seconds: float = WAIT) -> None:
        self.wait(lambda: not self.all(name, role, regex=regex), f"“{name}” to go away", seconds)

    def focused(self) -> Thing | None:
        """Where the keyboard is: the innermost of what says so."""
        found = [t for t in self.all(states=("focused",)) if t.role not in ("frame", "window", "dialog")]
        return found[-1] if found else None

    def wait(self, look: Any, what: str, seconds: float = WAIT) -> Any:
        """Look until there is something. No wall time is asserted: the limit only ends a hopeless wait."""
        until = time.monotonic() + seconds
        while True:
            seen = look()
            if seen:
                return seen
            if self.program is not None and self.program.poll() not in (None, 0):
                msg = f"the program ended with {self.program.returncode} while waiting for {what}"
                raise NotSeen(msg)
            if time.monotonic() > until:
                picture = self.shot("not-seen")
                there = sorted({f"{t.role} “{t.name}”" for _, t in self.tree() if t.name})
                msg = f"waited for {what}; picture {picture}; there is: {there}"
                raise NotSeen(msg)
            time.sleep(0.05)

    def shot(self, name: str) -> Path:
        """A picture of the whole screen."""
        path = self.pictures / f"{name}.png"
        subprocess.run(["import", "-window", "root", str(path)], env=self.screen.env, check=True)
        return path

    # --- hands

    def _xdo(self, *words: object) -> None:
        subprocess.run(["xdotool", *(str(w) for w in words)], env=self.screen.env, check=True)

    def key(self, *keys: str) -> None:
        assert self.has_shortcuts or set(keys) <= {"ctrl+a", "Return"}, "by names alone"
        for each in keys:
            self._xdo("key", "--clearmodifiers", each)
            time.sleep(0.05)

    def type(self, text: str) -> None:
        """Key strokes, as from a keyboard."""
        self._xdo("type", "--clearmodifiers", "--delay", 6, "--", text)
        time.sleep(0.05)

    def paste(self, text: str) -> None:
        """Through the clipboard: for text that no keyboard has."""
        holder = subprocess.Popen(
            ["xclip", "-selection", "clipboard", "-i", "-loops", "1", "-quiet"],
            env=self.screen.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert holder.stdin is not None
        holder.stdin.write(text.encode())
        holder.stdin.close()
        time.sleep(0.15)
        self.key("ctrl+v")
        with contextlib.suppress(subprocess.TimeoutExpired):
            holder.wait(2)
        holder.kill()
        holder.wait()

    def click(self, name: str, role: Any = None, *, regex: bool = False, times: int = 1) -> Thing:
        """Click with the mouse in the middle of a control."""
        found = self.see(name, role, regex=regex)
        self.click_at(*found.centre, times=times)
        return found

    def press(self, name: str, *, regex: bool = False) -> Thing:
        """Click a button of this name once it can be pressed."""
        found = self.see(name, BUTTONS, regex=regex, states=("enabled",))
        self.click_at(*found.centre)
        return found

    def click_at(self, x: int, y: int, *, times: int = 1) -> None:
        assert self.has_mouse, "by keyboard alone"
        self._xdo("mousemove", x, y, "click", "--repeat", times, "--delay", 60, 1)
        time.sleep(0.08)

    def drag(self, start: tuple[int, int], stop: tuple[int, int], steps: int = 12) -> None:
        assert self.has_mouse, "by keyboard alone"
        self._xdo("mousemove", *start, "mousedown", 1)
        for i in range(1, steps + 1):
            x, y = (a + (b - a) * i // steps for a, b in zip(start, stop, strict=True))
            self._xdo("mousemove", x, y)
            time.sleep(0.02)
        self._xdo("mouseup", 1)
        time.sleep(0.08)

    def act(self, name: str, role: Any = None, *, within: str | None = None, regex: bool = False) -> None:
        """Have a thing do what it offers assistive technology to do: press, toggle, choose."""
        asked = {"name": name, "role": role or ACTED_ON, "states": ["enabled"], "within": within, "regex": regex}
        self.wait(lambda: self._ask("press", **asked), f"“{name}” to act on")

    def write(self, field: str, text: str, *, within: str | None = None) -> None:
        """Go to a field by its name and type over what is in it."""
        asked = {"name": field, "role": FIELDS, "states": ["enabled"], "within": within}
        self.wait(lambda: self._ask("press", actions=["SetFocus"], **asked), f"“{field}” to write in")
        self.see(field, FIELDS, states=("focused",))
        self.key("ctrl+a")
        self.type(text)

    def choose(self, field: str, begins: str, *, within: str | None = None) -> None:
        """Open a combo box by its name and choose what begins so."""
        self.act(field, "combo box", within=within)
        self.see(f"^{begins}", "list item", regex=True)
        self.type(begins)
        self.key("Return")
        chosen = {"name": field, "role": "combo box", "within": within}
        self.wait(
            lambda: [t for t in self._ask("find", **chosen) if t["name"].startswith(begins)],
            f"“{begins}” chosen in {field}",
        )

    def fill(self, field: str, text: str, *, paste: bool = False) -> None:
        """Click a field by its label and type over what is in it."""
        found = self.see(field, FIELDS, states=("showing",))
        self.click_at(*found.centre)
        self.key("ctrl+a")
        if paste:
            self.paste(text)
        else:
            self.type(text)

    def fill_combo(self, field: str, text: str) -> None:
        """Type into a combo box that takes typed text."""
        found = self.see(field, ["combo box", "text"], states=("showing",))
        self.click_at(found.box[0] + 20, found.centre[1])
        self.key("ctrl+a")
        self.type(text)


def thing(told: dict[str, Any]) -> Thing:
    return Thing(
        told["role"],
        told["name"],
        told["description"],
        told["text"],
        tuple(told["labels"]),
        frozenset(told["states"]),
        tuple(told["box"]),
    )
