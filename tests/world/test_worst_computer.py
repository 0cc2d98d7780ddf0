"""The real program on a computer that lacks nearly everything, seen and pressed from outside."""

from pathlib import Path

from tests.acceptance.conftest import AVENRAE, somebody
from tests.acceptance.person import BUTTONS, Person

WIDE, HIGH = 1024, 600


def out_of_reach(person: Person) -> list[str]:
    """Buttons that no mouse gets to."""
    found = person.all(role=BUTTONS, states=("showing",))
    assert found
    boxes = [(each.name, *each.box) for each in found]
    return [name for name, x, y, w, h in boxes if x < 0 or y < 0 or x + w > WIDE or y + h > HIGH]


def test_no_home_no_language_no_fonts_no_graphics_card_and_a_small_screen(tmp_path: Path) -> None:
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(f"<fontconfig><cachedir>{tmp_path}</cachedir></fontconfig>")
    with somebody(tmp_path / "home", tmp_path, f"{WIDE}x{HIGH}") as person:
        person.screen.env |= {
            "HOME": "/proc/nowhere",
            "LC_ALL": "C",
            "FONTCONFIG_FILE": str(fonts),
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "LIBGL_DRIVERS_PATH": "/proc/nowhere",
        }
        person.start(AVENRAE)
        person.read("This computer has no fonts of its own.")
        assert out_of_reach(person) == []
        person.press("Try the demo practice")
        person.read("Nothing can be kept on this computer")
        person.read("/proc/nowhere/.local/share/Avenrae Desktop")
        assert out_of_reach(person) == []
        person.press("Open another practice")
        person.press("Join a practice server")
        person.see("Enrolment file", "text")
        assert out_of_reach(person) == []
