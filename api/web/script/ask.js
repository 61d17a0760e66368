/** One question to the server, with its steps as they come. */

import { readEvents } from "./events.js";
import { send, Trouble } from "./http.js";

/**
 * Ask, and yield each step: query, hits, candidates, answer, done.
 *
 * @param {string} question
 * @param {{question: string, answer: string | null, article_id: number | null}[]} history the turns before it, oldest first
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<{event: string, data: any}>}
 * @throws {Trouble} the server refuses, cannot be reached, or fails on the way
 */
export async function* ask(question, history, signal) {
  const json = { question, history };
  const response = await send("/v1/ask", { method: "POST", json, accept: "text/event-stream", signal });
  for await (const step of readEvents(response.body)) {
    if (step.event === "error") throw new Trouble(step.data.detail, step.data.remedy);
    yield step;
    if (step.event === "done") return;
  }
  throw new Trouble("The server broke off before it was done.", "Ask again.");
}
