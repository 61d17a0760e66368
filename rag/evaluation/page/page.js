
"use strict";
const { questions, passages } = JSON.parse(document.getElementById("data").textContent);
const PAGE = 50;
const NAMES = ["outcome", "step", "type", "set"];
let shown = 0;
let chosen = questions;

function element(name, text, style) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (style) made.className = style;
  return made;
}

function optionsOf(name) {
  const select = document.getElementById(name);
  select.append(new Option("all", ""));
  for (const value of [...new Set(questions.map((one) => one[name]))].filter(Boolean).sort()) {
    select.append(new Option(value, value));
  }
  select.addEventListener("change", choose);
}

function choose() {
  const words = document.getElementById("words").value.toLowerCase().split(/\s+/).filter(Boolean);
  chosen = questions.filter((one) => {
    const text = [one.id, one.question, one.first, ...one.wanted, one.article].join(" ").toLowerCase();
    return words.every((word) => text.includes(word))
      && NAMES.every((name) => !document.getElementById(name).value || one[name] === document.getElementById(name).value);
  });
  document.getElementById("questions").replaceChildren();
  document.getElementById("count").textContent = `${chosen.length} of ${questions.length} questions`;
  shown = 0;
  more();
}

function more() {
  const next = chosen.slice(shown, shown + PAGE);
  document.getElementById("questions").append(...next.map(card));
  shown += next.length;
  document.getElementById("more").hidden = shown >= chosen.length;
}

function card(one) {
  const made = element("details", undefined, one.outcome.split(" ")[1]);
  const summary = element("summary", one.question);
  const got = one.answer ? `“${one.answer.text}”` : "no answer";
  summary.append(element("div", `${got}, ${one.outcome}`, "quiet"));
  made.append(summary);
  made.addEventListener("toggle", () => { if (made.childElementCount === 1) made.append(...details(one)); });
  return made;
}

function details(one) {
  const wanted = one.wanted.length ? one.wanted.join(" | ") : "no answer: the articles do not say";
  const parts = [
    element("p", `${one.id}, ${one.set}, ${one.type}. F1 ${one.f1}, ${one.ms} ms.`, "quiet"),
    element("p", `Expected: ${wanted}${one.article ? ` (${one.article})` : ""}`),
    element("p", one.answer
      ? `Answered with ${(100 * one.confidence).toFixed(0)} % confidence from ${one.answer.citation.source}.`
      : `${one.abstention} ${one.first ? `First stood “${one.first}”, ${(100 * one.confidence).toFixed(0)} % sure.` : ""}`),
  ];
  if (one.step && one.step !== "shown") parts.push(element("p", `The expected answer was ${one.step}.`));
  if (one.query !== one.question) parts.push(element("p", `Searched for: ${one.query}`));
  if (one.follow_up) parts.push(element("p", one.follow_up, "quiet"));
  if (one.also.length) parts.push(element("p", `Also reported: ${one.also.map((other) => other[0]).join(" | ")}`));
  return [...parts, ...one.passages.map((read, index) => passage(one, read, index + 1))];
}

function passage(one, [key, dense, lexical, span, margin], rank) {
  const [source, title, text, start] = passages[key];
  const ranks = `by meaning ${dense ?? "–"}, by words ${lexical ?? "–"}`;
  const read = span === null ? "no span" : `“${span}” ${margin >= 0 ? "+" : ""}${margin.toFixed(1)}`;
  const made = element("section");
  const cited = one.answer && Number(key.split(":")[0]) === one.answer.citation.article_id;
  const points = [...text];
  const from = cited ? one.answer.citation.start - start : -1;
  const isHere = from >= 0 && from < points.length;
  const at = isHere ? points.slice(0, from).join("").length : span ? text.indexOf(span) : -1;
  const length = isHere ? one.answer.text.length : span ? span.length : 0;
  const told = isHere ? "; quoted from here" : "";
  made.append(element("div", `${rank}. ${title || source} (${source}); rank ${ranks}; best: ${read}${told}`, "quiet"));
  const quote = element("blockquote", at < 0 ? text : text.slice(0, at));
  if (at >= 0) quote.append(element("mark", text.slice(at, at + length)), text.slice(at + length));
  made.append(quote);
  return made;
}

NAMES.forEach(optionsOf);
document.getElementById("words").addEventListener("input", choose);
document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
document.getElementById("more").addEventListener("click", more);
choose();
