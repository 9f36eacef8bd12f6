// What a page can do on its own besides following links: remember whether a reader wants it light or dark. Loaded in the head without
// defer, beside the stylesheet, so that the page never flashes in the wrong colours. Every page is complete without it.
import { remember, remembered } from "./common/remembered";

const root = document.documentElement;
const key = "theme";

function show(theme: string | null): void {
  if (theme) root.dataset.theme = theme;
}

show(remembered(key));

document.addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector<HTMLButtonElement>("button.theme");
  if (!button) return;
  const systemDark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = (): boolean => (root.dataset.theme ? root.dataset.theme === "dark" : systemDark.matches);
  const tell = (): void => button.setAttribute("aria-pressed", String(isDark()));
  button.hidden = false;
  tell();
  systemDark.addEventListener("change", tell);
  button.addEventListener("click", () => {
    const next = isDark() ? "light" : "dark";
    show(next);
    tell();
    remember(key, next);
  });
});

// A button beside what is there to be copied. Without it the text is selected by hand.
document.addEventListener("DOMContentLoaded", () => {
  for (const field of document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("[data-copy]")) {
    if (!navigator.clipboard) continue; // only pages that came over a safe connection may
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button second";
    button.textContent = field.dataset.copy ?? "";
    button.addEventListener("click", () => {
      navigator.clipboard.writeText(field.value).then(
        () => (button.textContent = field.dataset.copied ?? ""),
        () => field.select(),
      );
    });
    field.insertAdjacentElement("afterend", button);
  }
});
