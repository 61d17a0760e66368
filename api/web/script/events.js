/** Server-sent events of a response, as they come. */

/**
 * Yield the events of a stream. Source: the HTML standard, 9.2.6, "Interpreting an event stream".
 *
 * @param {ReadableStream<Uint8Array>} body
 * @returns {AsyncGenerator<{event: string, data: any}>} data is read as JSON
 */
export async function* readEvents(body) {
  let event = "message";
  let data = [];
  for await (const line of lines(body)) {
    const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line);
    if (line === "") {
      if (data.length > 0) yield { event, data: JSON.parse(data.join("\n")) };
      [event, data] = ["message", []];
    } else if (field === "event") event = value;
    else if (field === "data") data.push(value);
  }
}

async function* lines(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const parts = (rest + read.value).split(/\r\n|\n|\r(?!$)/);
    rest = parts.pop();
    yield* parts;
  }
}
