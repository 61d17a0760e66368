/** An answer as a reader of newspapers knows it: the words in large type, and below them where they stand. */

import { openSpan } from "./article.js";
import { partsAround } from "./code-points.js";
import { button, element } from "./elements.js";
import { lookedAt } from "./looked-at.js";
import { copyButton } from "./copying.js";
import { addressOf } from "./share.js";
import {
  calendarWords,
  claimWords,
  dayWords,
  likelihoodWords,
  oneLine,
  publishedWords,
  sourcesWords,
  sureWords,
} from "./words.js";

/**
 * Return what is shown of an answer or an abstention.
 *
 * @param {any} answer in the shape of docs/answer.md
 * @param {Map<string, any>} passages what the hits said, by `passageKey`
 * @returns {HTMLElement[]}
 */
export function answerElements(answer, passages) {
  const shown = answer.answered ? [quotationFigure(answer)] : abstention(answer);
  if (answer.also_reported.length > 0) shown.push(alsoReported(answer.also_reported));
  const looked = lookedAt(answer.trace, passages, !answer.answered);
  return looked === null ? shown : [...shown, looked];
}

/**
 * Return an answer in one breath, for a screen reader.
 *
 * @param {any} answer
 * @returns {string}
 */
export function spokenAnswer({ answer, abstention: abstained, also_reported: others }) {
  if (answer === null) return `The articles do not say. ${abstained.message}`;
  const claim = claimWords(answer);
  const also = others.length > 0 ? ` Also reported: ${others.length}.` : "";
  return `“${answer.text}”${claim && `, ${claim}`}. ${likelihoodWords(answer.confidence)}. ${answer.citation.title}.${also}`;
}

function quotationFigure({ query, answer }) {
  const { citation } = answer;
  const claim = claimWords(answer);
  const { resolved } = answer;
  const lines = [element("blockquote", {}, opener(answer, "pull"))];
  if (resolved !== null && resolved.start !== null) {
    lines.push(element("p", { class: "when" }, `= ${calendarWords(resolved)}`));
  }
  if (claim) lines.push(element("p", { class: "claim", dir: "auto" }, claim));
  lines.push(sentence(citation));
  const caption = element("figcaption", { class: "place" }, ...place(citation));
  return element("figure", { class: "quotation" }, ...lines, caption, standing(answer, query));
}

/** The quotation itself; pressing it opens its article. */
function opener({ text, citation }, look) {
  const open = () => openSpan(citation);
  return button({ class: look, title: "Read it in the article" }, open, element("q", { dir: "auto" }, text));
}

function sentence(citation) {
  const { text, start } = citation.sentence;
  const span = { start: citation.start - start, end: citation.end - start };
  const [before, words, after] = partsAround(oneLine(text), span);
  return element("p", { class: "sentence", dir: "auto" }, before, element("strong", {}, words), after);
}

function place(citation) {
  return [
    element("cite", { class: "headline", dir: "auto" }, citation.title || "Untitled"),
    element("span", { class: "origin" }, element("bdi", {}, citation.source), ` · ${publishedWords(citation)}`),
  ];
}

function standing(quotation, query) {
  const { text, citation } = quotation;
  const reference = `“${text}” (${citation.title}, ${citation.source}, ${publishedWords(citation)})`;
  return element(
    "div",
    { class: "standing" },
    surety(quotation),
    element("span", {}, sourcesWords(quotation.sources)),
    element(
      "span",
      { class: "buttons" },
      copyButton("Copy", "Copy the quotation with its source", reference),
      copyButton("Link", "Copy a link to this question", addressOf(query)),
    ),
  );
}

function surety({ confidence }) {
  const numbers = element("span", { role: "tooltip" }, sureWords(confidence));
  return element("span", { class: "surety", tabindex: 0 }, likelihoodWords(confidence), numbers);
}

function alsoReported(quotations) {
  const list = element("ul", {}, ...quotations.map(briefItem));
  return element("section", { class: "also" }, element("h3", {}, "Also reported"), list);
}

function briefItem(quotation) {
  const { citation, relation } = quotation;
  const line = element("p", {});
  if (relation === "earlier") {
    const day = citation.published === null ? "undated" : dayWords(citation.published);
    line.append(element("span", { class: "earlier" }, `Earlier, ${day}: `));
  }
  line.append(opener(quotation, "brief"));
  const claim = claimWords(quotation);
  if (claim) line.append(", ", element("bdi", {}, claim));
  line.append(" (", surety(quotation), `; ${sourcesWords(quotation.sources)})`);
  return element("li", {}, line, element("p", {}, ...place(citation).flatMap((part) => [part, " "])));
}

function abstention({ abstention: { message } }) {
  return [
    element("p", { class: "not-said" }, "The articles do not say."),
    element("p", { class: "reason" }, message),
  ];
}
