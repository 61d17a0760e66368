/** The place beside the conversation, which holds one thing at a time; it covers it where the window is narrow. */

import { byId } from "./elements.js";
import { printable } from "./printable.js";

const IS_NARROW = matchMedia("(width < 64rem)");

/** @type {Element | null} */
let cameFrom = null;

/** What is open, or null: its name tells whoever fills the place whether it is still theirs. @type {string | null} */
let holds = null;

/** Let the place close by its button, and cover what it covers. */
export function bindSide() {
  byId("side-close").addEventListener("click", closeSide);
  IS_NARROW.addEventListener("change", coverConversation);
}

/**
 * Show something, and move the focus to its title.
 *
 * @param {string} name
 * @param {string} title
 * @param {...Node} content
 */
export function openSide(name, title, ...content) {
  if (holds === null) cameFrom = document.activeElement;
  holds = name;
  byId("side-body").replaceChildren(...content);
  byId("side-body").scrollTop = 0;
  byId("side-title").textContent = printable(title);
  byId("side").hidden = false;
  byId("library").setAttribute("aria-expanded", String(name === "library"));
  coverConversation();
  byId("side-title").focus();
}

/**
 * Tell whether the place holds this.
 *
 * @param {string} name
 * @returns {boolean}
 */
export function isBeside(name) {
  return holds === name;
}

/**
 * Close the place, and give the focus back to where it came from.
 *
 * @returns {boolean} whether anything was open
 */
export function closeSide() {
  if (holds === null) return false;
  holds = null;
  byId("side").hidden = true;
  byId("side-body").replaceChildren();
  byId("library").setAttribute("aria-expanded", "false");
  coverConversation();
  const target = cameFrom instanceof HTMLElement && cameFrom.isConnected ? cameFrom : byId("question");
  target.focus();
  return true;
}

function coverConversation() {
  document.querySelector("main").inert = holds !== null && IS_NARROW.matches;
}
