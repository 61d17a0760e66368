/** Text of articles and questions, made safe to read: shown, never obeyed; the same rule as tui/terminal_text.py. */

const UNSAFE = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]/gu;

/**
 * Return the text with what could turn or hide its neighbours replaced, one character for one, so that offsets hold:
 * C0 controls but newline and tab by their pictures, other controls and lone surrogates by U+FFFD.
 *
 * @param {string} text
 * @returns {string}
 */
export function printable(text) {
  return text.replace(UNSAFE, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : "\ufffd";
  });
}
