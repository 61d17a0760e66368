/** Light or dark: as the system is set, until the person says otherwise. */

const STORED = "pullquote.theme";
const NEXT = { system: "light", light: "dark", dark: "system" };
const WORDS = { system: "◐ Auto", light: "○ Light", dark: "● Dark" };

apply(chosen());

/**
 * Let the button go through the themes.
 *
 * @param {HTMLButtonElement} button
 */
export function bindTheme(button) {
  const show = () => {
    button.textContent = WORDS[chosen()];
    button.setAttribute("aria-label", `Colours: ${chosen()}; change to ${NEXT[chosen()]}`);
  };
  button.addEventListener("click", () => {
    const next = NEXT[chosen()];
    localStorage.setItem(STORED, next);
    apply(next);
    show();
  });
  show();
}

function chosen() {
  const stored = localStorage.getItem(STORED);
  return stored in NEXT ? stored : "system";
}

function apply(theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
