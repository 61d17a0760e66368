/** The passages that were read for an answer, so that a person can look where the reader did. */

import { openSpan } from "./article.js";
import { button, element } from "./elements.js";
import { oneLine } from "./words.js";

/**
 * Name a passage by where it stands.
 *
 * @param {{article_id: number, start: number, end: number}} hit
 * @returns {string}
 */
export function passageKey({ article_id: id, start, end }) {
  return `${id}:${start}:${end}`;
}

/**
 * Return the list of what was read, best first, or null where nothing was.
 *
 * @param {{hits: any[], timings_ms: {total: number}}} trace
 * @param {Map<string, any>} passages what the hits said, by `passageKey`
 * @param {boolean} isOpen
 * @returns {HTMLElement | null}
 */
export function lookedAt({ hits, timings_ms: timings }, passages, isOpen) {
  if (hits.length === 0) return null;
  const counted = hits.length === 1 ? "1 passage" : `${hits.length} passages`;
  const summary = element("summary", {}, `What was looked at: ${counted}, ${Math.round(timings.total)} ms`);
  const items = hits.map((hit) => hitItem(hit, passages.get(passageKey(hit))));
  return element("details", { class: "looked-at", open: isOpen }, summary, element("ol", {}, ...items));
}

function hitItem(hit, passage) {
  const title = button({ class: "passage", dir: "auto" }, () => openSpan(hit), passage?.title || `Article ${hit.article_id}`);
  return element("li", {}, title, element("span", { class: "excerpt", dir: "auto" }, oneLine(passage?.text ?? "")));
}
