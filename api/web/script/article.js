/** An article beside the conversation, with the cited words marked and scrolled to. */

import { indexAt } from "./code-points.js";
import { button, element } from "./elements.js";
import { send } from "./http.js";
import { webLink } from "./links.js";
import { isBeside, openSide } from "./side.js";
import { troubleNote } from "./trouble-note.js";
import { publishedWords } from "./words.js";

/**
 * Open an article at a span.
 *
 * @param {{article_id: number, version?: number, start?: number, end?: number}} place offsets in code points
 */
export async function openSpan({ article_id: id, version, start = 0, end = 0 }) {
  const name = `article ${id}`;
  openSide(name, "…");
  const asked = version === undefined ? "" : `?version=${version}`;
  try {
    const article = await (await send(`/v1/articles/${id}${asked}`)).json();
    if (isBeside(name)) show(name, article, { start, end });
  } catch (error) {
    if (isBeside(name)) openSide(name, "The article cannot be opened", troubleNote(error));
  }
}

function show(name, article, span) {
  const marked = { from: indexAt(article.text, span.start), to: indexAt(article.text, span.end) };
  const text = element("article", { class: "article-text", dir: "auto" }, ...paragraphs(article.text, marked));
  openSide(name, article.title || "Untitled", facts(article), text);
  text.querySelector("mark")?.scrollIntoView({ block: "center" });
}

function facts(article) {
  const { id, source, version, versions } = article;
  const told = element("p", { class: "article-facts" }, element("bdi", {}, source), ` · ${publishedWords(article)}`);
  const link = webLink(article.url, "open its address");
  if (link !== null) told.append(" · ", link);
  const newest = Math.max(version, ...versions.map((one) => one.version));
  if (newest > version) {
    const open = () => openSpan({ article_id: id, version: newest });
    told.append(` · version ${version} of ${newest} `, button({}, open, "Show the newest"));
  }
  return told;
}

/** One paragraph a line, without the empty ones; the mark may go over several. */
function* paragraphs(text, { from, to }) {
  let start = 0;
  for (const line of text.split("\n")) {
    const cut = (index) => Math.min(Math.max(index - start, 0), line.length);
    if (line.trim() !== "") yield element("p", {}, ...markedParts(line, cut(from), cut(to)));
    start += line.length + 1;
  }
}

function markedParts(line, from, to) {
  return from < to ? [line.slice(0, from), element("mark", {}, line.slice(from, to)), line.slice(to)] : [line];
}
