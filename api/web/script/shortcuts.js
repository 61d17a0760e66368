/** Keys that work everywhere on the page. */

import { stopAsking } from "./conversation.js";
import { byId } from "./elements.js";
import { closeSide } from "./side.js";

/** Let / go to the question, and Escape stop what is asked, else close what is open. */
export function bindShortcuts() {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]") !== null) return;
    if (event.key === "Escape") {
      if (!stopAsking()) closeSide();
    } else if (event.key === "/" && !isTyping(event.target)) {
      event.preventDefault();
      if (document.querySelector("main").inert) closeSide();
      byId("question").focus();
    }
  });
}

function isTyping(target) {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
