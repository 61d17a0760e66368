/** Buttons that put text on the clipboard. */

import { announce, button } from "./elements.js";

/**
 * Return a button that copies the text, and says whether it did.
 *
 * @param {string} words
 * @param {string} label what a screen reader says, and the pointer shows
 * @param {string} text
 * @returns {HTMLButtonElement}
 */
export function copyButton(words, label, text) {
  return button({ title: label, "aria-label": label }, async (event) => {
    const pressed = /** @type {HTMLButtonElement} */ (event.currentTarget);
    pressed.textContent = await wasCopied(text) ? "Copied" : "Not copied";
    announce(pressed.textContent);
  }, words);
}

async function wasCopied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
