/** What went wrong and what mends it, shown where it happened. */

import { announce, element } from "./elements.js";
import { Trouble } from "./http.js";

/**
 * Return the note, and tell it to a screen reader; what is no trouble of the server's is a fault of the page's own.
 *
 * @param {unknown} error
 * @returns {HTMLElement}
 */
export function troubleNote(error) {
  if (!(error instanceof Trouble)) throw error;
  announce(`${error.message} ${error.remedy}`);
  return element("div", { class: "trouble" }, element("p", {}, error.message), element("p", { class: "note" }, error.remedy));
}
