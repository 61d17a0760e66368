/** The only door to the document: elements are made of text, never of markup. */

import { printable } from "./printable.js";

/**
 * Make an element. Strings become text nodes, made printable; an attribute that is false, null or undefined is left
 * out, one that is true stands without a value.
 *
 * @param {string} tag
 * @param {Record<string, string | number | boolean | null | undefined>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, printable(String(value)));
  }
  made.append(...children.map((child) => (typeof child === "string" ? printable(child) : child)));
  return made;
}

/**
 * Make a button that does something.
 *
 * @param {Record<string, string | boolean>} attributes
 * @param {(event: Event) => void} onPress
 * @param {...(Node | string)} children
 * @returns {HTMLButtonElement}
 */
export function button(attributes, onPress, ...children) {
  const made = /** @type {HTMLButtonElement} */ (element("button", { type: "button", ...attributes }, ...children));
  made.addEventListener("click", onPress);
  return made;
}

/**
 * Return the element of the page with this id, which index.html holds.
 *
 * @param {string} id
 * @returns {any}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`index.html has no #${id}.`);
  return found;
}

/**
 * Tell a person who uses a screen reader.
 *
 * @param {string} text
 */
export function announce(text) {
  byId("live").textContent = printable(text);
}
