/** A question in the page's address, after the #, which no browser sends to a server. */

const NAME = "ask";

/**
 * Return the question in the page's address, or null.
 *
 * @returns {string | null}
 */
export function questionInAddress() {
  return new URLSearchParams(location.hash.slice(1)).get(NAME);
}

/**
 * Return the address that asks a question when it is opened.
 *
 * @param {string} question
 * @returns {string}
 */
export function addressOf(question) {
  const address = new URL(location.href);
  address.hash = new URLSearchParams({ [NAME]: question }).toString();
  return address.href;
}

/**
 * Let the page's address hold a question, so that it can be copied from there; null for none.
 *
 * @param {string | null} question
 */
export function showInAddress(question) {
  const address = question === null ? location.pathname : addressOf(question);
  history.replaceState(null, "", address);
}
