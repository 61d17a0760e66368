/** The articles of the library beside the conversation: found by words, opened, removed. */

import { openSpan } from "./article.js";
import { announce, button, element } from "./elements.js";
import { send } from "./http.js";
import { closeSide, isBeside, openSide } from "./side.js";
import { troubleNote } from "./trouble-note.js";
import { chooseFiles, uploads } from "./upload.js";
import { publishedWords } from "./words.js";

const NAME = "library";
const PAGE_SIZE = 50;

/** Shorter than a person waits for, longer than the time between two keys. */
const TYPING_PAUSE_MS = 150;

const search = /** @type {HTMLInputElement} */ (
  element("input", { type: "search", "aria-label": "Find articles", placeholder: "Find articles" })
);
const tools = element("div", { class: "library-tools" }, search, button({}, chooseFiles, "Add …"));
const list = element("ul", { class: "articles", "aria-label": "Articles" });
const foot = element("div", { role: "status" });

let pause = 0;
let listing = new AbortController();

search.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(refreshLibrary, TYPING_PAUSE_MS);
});

uploads.addEventListener("added", refreshLibrary);

/** Open the library, or close it where it is open. */
export function toggleLibrary() {
  if (isBeside(NAME)) closeSide();
  else openLibrary();
}

/** Open the library. */
export function openLibrary() {
  if (!isBeside(NAME)) openSide(NAME, "Library", tools, uploads, list, foot);
  refreshLibrary();
}

function refreshLibrary() {
  listPage(null);
}

async function listPage(cursor) {
  listing.abort();
  listing = new AbortController();
  const { signal } = listing;
  const wanted = new URLSearchParams({ limit: String(PAGE_SIZE), q: search.value.trim() });
  if (cursor !== null) wanted.set("cursor", cursor);
  try {
    const page = await (await send(`/v1/articles?${wanted}`, { signal })).json();
    if (signal.aborted) return;
    if (cursor === null) list.replaceChildren();
    list.append(...page.articles.map(articleItem));
    foot.replaceChildren(...footOf(page));
  } catch (error) {
    if (!signal.aborted) foot.replaceChildren(troubleNote(error));
  }
}

function footOf({ next_cursor: next }) {
  if (next !== null) return [button({}, () => listPage(next), "Show more")];
  if (list.children.length > 0) return [];
  const told = search.value.trim() === "" ? "The library is empty. Drop articles here to add them." : "No article has these words.";
  return [element("p", { class: "note" }, told)];
}

function articleItem(article) {
  const { id, source, title } = article;
  const opener = button({ class: "passage", dir: "auto" }, () => openSpan({ article_id: id }), title || "Untitled");
  const origin = element("span", { class: "origin" }, element("bdi", {}, source), ` · ${publishedWords(article)}`);
  const item = element("li", {}, element("div", {}, opener, origin));
  item.append(remover(article, item));
  return item;
}

/** A button that asks back before it removes. */
function remover({ id, title }, item) {
  const made = button({ class: "remove", "aria-label": `Remove ${title}` }, async () => {
    if (made.classList.toggle("removing")) {
      made.textContent = "Remove for good?";
      made.ariaLabel = `Remove ${title} for good?`;
      return;
    }
    made.disabled = true;
    try {
      await send(`/v1/articles/${id}`, { method: "DELETE" });
      announce(`Removed ${title}`);
      const next = item.nextElementSibling ?? item.previousElementSibling;
      item.remove();
      (next?.querySelector("button") ?? search).focus();
    } catch (error) {
      item.append(troubleNote(error));
    }
  }, "Remove");
  made.addEventListener("blur", () => {
    made.classList.remove("removing");
    made.textContent = "Remove";
    made.ariaLabel = `Remove ${title}`;
  });
  return made;
}
