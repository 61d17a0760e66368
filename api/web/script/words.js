/** How an answer is put into words: those of the command line (tui/answer_words.py, tui/calendar_words.py). */

import { printable } from "./printable.js";

const HEDGES = {
  expected: "expected",
  planned: "planned",
  alleged: "alleged",
  denied: "denied",
  negated: "said not to be so",
};

/** Source: the likelihood scale of the IPCC (Mastrandrea et al. 2010, table 1). */
const LIKELIHOODS = [
  [0.99, "Virtually certain"],
  [0.9, "Very likely"],
  [0.66, "Likely"],
  [0.33, "About as likely as not"],
  [0, "Unlikely"],
];

/** Return a confidence in words. */
export function likelihoodWords(confidence) {
  return LIKELIHOODS.find(([least]) => confidence >= least)[1];
}

/** Return a confidence in numbers. */
export function sureWords(confidence) {
  return `${Math.round(confidence * 100)}% sure`;
}

/** Return how many articles say so. */
export function sourcesWords(sources) {
  return sources === 1 ? "1 article says so" : `${sources} articles say so`;
}

/** Return how firmly and by whom it is said; empty for what an article states as its own. */
export function claimWords({ hedge, speaker }) {
  const firmly = HEDGES[hedge] ?? "";
  if (speaker === null) return firmly;
  const name = oneLine(speaker.text);
  if (hedge === "denied") return `denied by ${name}`;
  return firmly ? `${firmly}, says ${name}` : `says ${name}`;
}

/** Return the days or minutes that are meant, and whether they have passed; else the value as TIMEX3 writes it. */
export function calendarWords(resolved) {
  if (resolved.start === null || resolved.end === null) return `${resolved.value} (${resolved.kind})`;
  const [first, last] = [momentWords(resolved.start), momentWords(resolved.end)];
  const days = first === last ? first : `${first} to ${last}`;
  return resolved.tense === null ? days : `${days} (${resolved.tense})`;
}

/** Return the day of an ISO 8601 date or date-time: 12 January 2026. */
export function dayWords(published) {
  return inCalendar(published, { day: "numeric", month: "long", year: "numeric" });
}

/** Return when an article was published: about, where its date was inferred. */
export function publishedWords({ published, published_origin: origin }) {
  if (published === null) return "undated";
  return origin === "inferred" ? `about ${dayWords(published)}` : dayWords(published);
}

/** Return the text with line breaks shown as spaces, one for one. */
export function oneLine(text) {
  return printable(text.replace(/[\r\n]/g, " "));
}

function momentWords(moment) {
  const day = `${inCalendar(moment, { weekday: "long" })} ${dayWords(moment)}`;
  return moment.length > 10 ? `${day}, ${moment.slice(11)}` : day;
}

function inCalendar(moment, parts) {
  const day = new Date(`${moment.slice(0, 10)}T00:00:00Z`);
  return new Intl.DateTimeFormat("en-GB", { ...parts, timeZone: "UTC" }).format(day);
}
