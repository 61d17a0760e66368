/** The API counts offsets in Unicode code points; a JavaScript string counts UTF-16 units, two for an emoji. */

/**
 * Return the index in the string at which so many code points have passed.
 *
 * @param {string} text
 * @param {number} codePoints
 * @returns {number}
 */
export function indexAt(text, codePoints) {
  let index = 0;
  for (let left = codePoints; left > 0 && index < text.length; left -= 1) {
    index += text.codePointAt(index) > 0xffff ? 2 : 1;
  }
  return index;
}

/**
 * Return what stands before a span of code points, the span, and what stands after it.
 *
 * @param {string} text
 * @param {{start: number, end: number}} span
 * @returns {[string, string, string]}
 */
export function partsAround(text, { start, end }) {
  const [from, to] = [indexAt(text, start), indexAt(text, end)];
  return [text.slice(0, from), text.slice(from, to), text.slice(to)];
}
