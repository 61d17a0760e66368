"""The colours of the chat."""

from enum import StrEnum

from textual.theme import Theme

__all__ = ["THEMES", "ThemeName"]


class ThemeName(StrEnum):
    """What the settings and the palette call them; with ``NO_COLOR`` set, each is shown in grey."""

    DARK = "dark"
    LIGHT = "light"
    HIGH_CONTRAST = "high-contrast"


THEMES = (
    Theme(
        name=ThemeName.DARK,
        primary="#7aa2d2",
        secondary="#8a9bb0",
        accent="#e0af68",
        foreground="#d8dee9",
        background="#16181d",
        surface="#1d2027",
        panel="#262a33",
        success="#8fc77b",
        warning="#e0af68",
        error="#e57a7a",
        dark=True,
    ),
    Theme(
        name=ThemeName.LIGHT,
        primary="#1f5fa8",
        secondary="#4a5a70",
        accent="#9a5b00",
        foreground="#1c1f24",
        background="#fbfaf7",
        surface="#f1efe9",
        panel="#e4e1d8",
        success="#1d6b2c",
        warning="#8a5200",
        error="#a32020",
        dark=False,
    ),
    Theme(
        name=ThemeName.HIGH_CONTRAST,
        primary="#ffffff",
        secondary="#ffffff",
        accent="#ffff00",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#000000",
        success="#00ff00",
        warning="#ffff00",
        error="#ff8080",
        dark=True,
    ),
)
