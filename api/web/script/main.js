/** Brings the page together. */

import { askNext, forget, stopAsking } from "./conversation.js";
import { bindDropping } from "./dropping.js";
import { byId } from "./elements.js";
import { toggleLibrary } from "./library.js";
import { questionInAddress } from "./share.js";
import { bindShortcuts } from "./shortcuts.js";
import { bindSide } from "./side.js";
import { bindTheme } from "./theme.js";

const form = byId("ask");
const question = byId("question");

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const asked = question.value.trim();
  if (asked === "") return;
  question.value = "";
  askNext(asked);
});

question.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});

byId("stop").addEventListener("click", () => {
  stopAsking();
  question.focus();
});

byId("new").addEventListener("click", () => {
  forget();
  question.focus();
});

byId("library").addEventListener("click", toggleLibrary);
bindSide();
bindShortcuts();
bindTheme(byId("theme"));
bindDropping();

function askAddress() {
  const asked = questionInAddress();
  if (asked !== null && asked.trim() !== "") askNext(asked.trim());
}

addEventListener("hashchange", askAddress);
askAddress();
