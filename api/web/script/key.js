/** The API key of a server that asks for one; kept for this tab alone. */

import { byId } from "./elements.js";
import { printable } from "./printable.js";

const STORED = "pullquote.key";

/** @type {Promise<boolean> | null} */
let asking = null;

/**
 * Return the headers that carry the key, if there is one.
 *
 * @returns {Record<string, string>}
 */
export function keyHeaders() {
  const key = sessionStorage.getItem(STORED);
  return key === null ? {} : { Authorization: `Bearer ${key}` };
}

/**
 * Ask the person for a key; several requests that need one at once ask once.
 *
 * @param {string} told why it is asked for
 * @returns {Promise<boolean>} whether one was given
 */
export function askForKey(told) {
  asking ??= askOnce(told).finally(() => {
    asking = null;
  });
  return asking;
}

async function askOnce(told) {
  const [dialog, input] = [byId("key-dialog"), byId("key")];
  byId("key-told").textContent = printable(told);
  input.value = "";
  dialog.returnValue = "";
  dialog.showModal();
  input.focus();
  await new Promise((resolve) => {
    dialog.addEventListener("close", resolve, { once: true });
  });
  if (dialog.returnValue !== "use") return false;
  sessionStorage.setItem(STORED, input.value);
  return true;
}
