"""Text of articles and questions, made safe for a terminal: shown, never obeyed."""

import re

__all__ = ["printable", "printable_json"]

_SAFE = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\n\t"}
_SAFE |= dict.fromkeys([0x7F, *range(0x80, 0xA0)], 0xFFFD)
_SAFE |= dict.fromkeys([0x061C, 0x200E, 0x200F, 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0xFFFD)
_SAFE |= dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)

_UNSAFE_IN_JSON = re.compile(f"[{re.escape(''.join(chr(code) for code in _SAFE if code >= 0x7F))}]")


def printable(text: str) -> str:
    """Return the text with what could steer a terminal replaced, one character for one, so that offsets still hold.

    C0 controls but newline and tab become their control pictures; DEL, C1 controls, bidirectional controls, the line
    and paragraph separators and lone surrogates become U+FFFD.
    """
    return text.translate(_SAFE)


def printable_json(encoded: str) -> str:
    r"""Return JSON text with the same characters written as ``\uXXXX``: it reads back as the same value."""
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", encoded)
