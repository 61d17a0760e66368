/** The questions of this visit with their answers, and what a follow-up leans on. */

import { answerElements, spokenAnswer } from "./answer.js";
import { ask } from "./ask.js";
import { announce, byId, element } from "./elements.js";
import { passageKey } from "./looked-at.js";
import { showInAddress } from "./share.js";
import { troubleNote } from "./trouble-note.js";

/** As many as the server looks at; see docs/questions.md. */
const REMEMBERED_TURNS = 8;

/** @type {{question: string, answer: string | null}[]} */
let history = [];

/** @type {AbortController | null} */
let running = null;

/**
 * Ask a question as the next turn, and let a running one go.
 *
 * @param {string} question
 */
export async function askNext(question) {
  stopAsking();
  const own = new AbortController();
  running = own;
  showAsking(true);
  byId("welcome").hidden = true;
  const turn = element("li", { class: "turn", "aria-busy": "true" }, element("h2", { dir: "auto" }, question));
  byId("turns").append(turn);
  turn.scrollIntoView({ block: "start" });
  try {
    await follow(turn, question, own.signal);
  } catch (error) {
    turn.append(own.signal.aborted ? element("p", { class: "progress" }, "Stopped.") : troubleNote(error));
  } finally {
    turn.querySelector("[data-progress]")?.remove();
    turn.removeAttribute("aria-busy");
    if (running === own) {
      running = null;
      showAsking(false);
    }
  }
}

/**
 * Let the running question go.
 *
 * @returns {boolean} whether one was running
 */
export function stopAsking() {
  if (running === null) return false;
  running.abort();
  running = null;
  showAsking(false);
  return true;
}

/** Begin anew, with nothing to follow up. */
export function forget() {
  stopAsking();
  history = [];
  byId("turns").replaceChildren();
  byId("welcome").hidden = false;
  showInAddress(null);
}

async function follow(turn, question, signal) {
  const progress = element("p", { class: "progress", "data-progress": true }, "Searching …");
  turn.append(progress);
  const passages = new Map();
  let read = 0;
  for await (const { event, data } of ask(question, history, signal)) {
    if (event === "query" && data.query !== question.trim()) progress.before(askedAs(data.query));
    else if (event === "hits") {
      for (const hit of data.hits) passages.set(passageKey(hit), hit);
    } else if (event === "candidate") read += 1;
    else if (event === "answer") showAnswer(turn, data, passages);
    if (event === "hits" || event === "candidate") progress.textContent = `Reading: ${read} of ${passages.size} passages …`;
  }
}

function showAnswer(turn, answer, passages) {
  turn.append(...answerElements(answer, passages));
  history = [...history, pastTurn(answer)].slice(-REMEMBERED_TURNS);
  showInAddress(answer.query);
  announce(spokenAnswer(answer));
  turn.scrollIntoView({ block: "start" });
}

function pastTurn({ query, answer, trace }) {
  const stands = answer?.citation ?? trace.hits[0];
  return { question: query, answer: answer?.text ?? null, article_id: stands?.article_id ?? null };
}

function askedAs(query) {
  return element("p", { class: "asked-as" }, "Asked as: ", element("q", { dir: "auto" }, query));
}

function showAsking(isAsking) {
  byId("send").hidden = isAsking;
  byId("stop").hidden = !isAsking;
}
