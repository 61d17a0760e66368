/** Addresses that an article names for itself; only those of the web become links. */

import { element } from "./elements.js";

/**
 * Return a link to the address, or null for one that is not http or https.
 *
 * @param {string | null} address
 * @param {string} words
 * @returns {HTMLElement | null}
 */
export function webLink(address, words) {
  if (address === null || !URL.canParse(address)) return null;
  const url = new URL(address);
  if (!["http:", "https:"].includes(url.protocol)) return null;
  const attributes = { href: url.href, title: url.href, target: "_blank", rel: "noopener noreferrer", dir: "auto" };
  return element("a", attributes, words);
}
