/** Files that are dropped anywhere on the page are added to the library. */

import { byId } from "./elements.js";
import { openLibrary } from "./library.js";
import { addFiles } from "./upload.js";

/** Take dropped files, and show that they can be dropped while they are held over the page. */
export function bindDropping() {
  addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    byId("drop").hidden = false;
  });
  addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) byId("drop").hidden = true;
  });
  addEventListener("drop", (event) => {
    byId("drop").hidden = true;
    if (!holdsFiles(event)) return;
    event.preventDefault();
    openLibrary();
    addFiles([...event.dataTransfer.files]);
  });
}

function holdsFiles({ dataTransfer }) {
  return dataTransfer !== null && dataTransfer.types.includes("Files");
}
