/** Files on their way into the library: sent in batches, each a job of the server's whose steps are shown. */

import { announce, button, element } from "./elements.js";
import { readEvents } from "./events.js";
import { send, Trouble } from "./http.js";
import { troubleNote } from "./trouble-note.js";

/** Well below what the server takes in one request, so that a large file beside small ones passes. */
const BATCH_BYTES = 8_000_000;
const BATCH_FILES = 100;

/** What was sent during this visit; it gets an "added" event whenever articles have come in. */
export const uploads = element("ul", { class: "uploads", "aria-label": "Additions" });

/** Let the person choose files to add. */
export function chooseFiles() {
  const input = /** @type {HTMLInputElement} */ (element("input", { type: "file", multiple: true }));
  input.addEventListener("change", () => addFiles([...input.files]));
  input.click();
}

/**
 * Add files to the library, and show how far they are.
 *
 * @param {File[]} files
 */
export async function addFiles(files) {
  const told = element("p", {}, `Adding ${counted(files.length)} …`);
  const bar = /** @type {HTMLProgressElement} */ (element("progress", { max: files.length, value: 0, "aria-label": "Added so far" }));
  const item = element("li", {}, told, bar);
  uploads.prepend(item);
  const outcome = { articles: [], refused: [] };
  try {
    for (const batch of batches(files)) {
      const before = bar.value;
      const job = await follow(await submit(batch), (done) => {
        bar.value = before + done;
      });
      outcome.articles.push(...job.articles);
      outcome.refused.push(...job.refused);
      if (job.failure !== null) throw new Trouble(job.failure, "What was added before stays.");
    }
  } catch (error) {
    item.append(troubleNote(error));
  }
  bar.remove();
  told.textContent = outcomeWords(outcome);
  item.append(...outcome.refused.map(refusal), button({}, () => item.remove(), "Dismiss"));
  announce(told.textContent);
  uploads.dispatchEvent(new Event("added"));
}

async function submit(batch) {
  const body = new FormData();
  for (const file of batch) body.append("files", file);
  return (await send("/v1/articles", { method: "POST", body, headers: { Prefer: "respond-async" } })).json();
}

async function follow({ id }, onProgress) {
  const response = await send(`/v1/jobs/${id}/events`, { accept: "text/event-stream" });
  for await (const { event, data } of readEvents(response.body)) {
    onProgress(data.done);
    if (event !== "progress") return data;
  }
  throw new Trouble("The server ended before all was added.", "It goes on once the server is back; look at the library then.");
}

function* batches(files) {
  let batch = [];
  let bytes = 0;
  for (const file of files) {
    if (batch.length === BATCH_FILES || (batch.length > 0 && bytes + file.size > BATCH_BYTES)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(file);
    bytes += file.size;
  }
  if (batch.length > 0) yield batch;
}

function outcomeWords({ articles, refused }) {
  const count = (standing) => articles.filter((article) => article.standing === standing).length;
  const told = [`${count("added")} added`];
  if (count("updated") > 0) told.push(`${count("updated")} updated`);
  if (count("unchanged") > 0) told.push(`${count("unchanged")} here already`);
  if (refused.length > 0) told.push(`${refused.length} refused`);
  return `${told.join(", ")}.`;
}

function refusal({ source, reason, remedy }) {
  return element("p", { class: "refused" }, element("bdi", {}, source), `: ${reason} ${remedy}`);
}

function counted(files) {
  return files === 1 ? "1 file" : `${files} files`;
}
