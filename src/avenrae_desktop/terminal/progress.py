"""How far a long piece of work is: a line that changes for somebody who watches, else one for each step."""

from avenrae_desktop.db.backup.watch import Step
from avenrae_desktop.terminal.console import Console

_WORDS = {
    Step.COPY: "copying",
    Step.COUNT: "counting",
    Step.SEAL: "sealing",
    Step.CHECK: "reading it back",
    Step.RESTORE: "restoring",
    Step.COMPARE: "comparing",
    Step.EXPORT: "writing",
}


class StepLines:
    """`tell` is what a `Watch` calls."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._step: Step | None = None
        self._shown = ""

    def tell(self, step: Step, done: int, of: int) -> None:
        if not self._console.out.isatty():
            if step is not self._step:
                self._console.say(f"  {_WORDS[step]}")
            self._step = step
            return
        share = f" {done * 100 // of} %" if of else ""
        line = f"  {_WORDS[step]}{share}"
        if line != self._shown:
            self._console.out.write(f"\r{line:<{max(len(line), len(self._shown))}}")
            self._console.out.flush()
            self._step, self._shown = step, line

    def end(self) -> None:
        """The next line begins at the left."""
        if self._shown:
            self._console.out.write("\r" + " " * len(self._shown) + "\r")
            self._shown = ""
