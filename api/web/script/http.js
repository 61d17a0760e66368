/** Requests to the server this page came from, with the key it may ask for, and its problems as errors. */

import { askForKey, keyHeaders } from "./key.js";

/** What went wrong, and what mends it: a problem document, or a server that cannot be reached. */
export class Trouble extends Error {
  /**
   * @param {string} detail
   * @param {string} remedy
   */
  constructor(detail, remedy) {
    super(detail);
    this.remedy = remedy;
  }
}

/**
 * Send a request, and return its response once it is a good one; where the server asks for a key, so does the page.
 *
 * @param {string} path
 * @param {{method?: string, json?: unknown, body?: FormData, accept?: string, headers?: object,
 *   signal?: AbortSignal}} [options]
 * @returns {Promise<Response>}
 * @throws {Trouble} the server refuses, or cannot be reached
 */
export async function send(path, { method = "GET", json, body, accept = "application/json", headers = {}, signal } = {}) {
  const content = json === undefined ? { body, headers } : asJson(json, headers);
  for (;;) {
    const sent = { Accept: accept, ...content.headers, ...keyHeaders() };
    const response = await reach(path, { method, headers: sent, body: content.body, signal });
    if (response.ok) return response;
    const trouble = await troubleOf(response);
    if (response.status !== 401 || !(await askForKey(trouble.message))) throw trouble;
  }
}

function asJson(json, headers) {
  return { body: JSON.stringify(json), headers: { "Content-Type": "application/json", ...headers } };
}

async function reach(path, options) {
  try {
    return await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Trouble("The server cannot be reached.", "Start it with `pullquote serve`.");
  }
}

async function troubleOf(response) {
  const problem = await response.json().catch(() => ({}));
  return new Trouble(problem.detail ?? `The server answered ${response.status}.`, problem.remedy ?? "Try again.");
}
