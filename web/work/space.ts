// How much room the pages have for people who are signed in: compact, or comfortable for whoever switches it so. A part of the script in the head,
// so that no row jumps. Without it everything is compact.
import { remember, remembered } from "../common/remembered";

const root = document.documentElement;
const key = "space";

function show(comfortable: boolean): void {
  if (comfortable) root.dataset.space = "comfortable";
  else delete root.dataset.space;
}

show(remembered(key) === "comfortable");

document.addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector<HTMLButtonElement>("button.space");
  if (!button) return;
  const isComfortable = (): boolean => root.dataset.space === "comfortable";
  const tell = (): void => button.setAttribute("aria-pressed", String(isComfortable()));
  button.hidden = false;
  tell();
  button.addEventListener("click", () => {
    show(!isComfortable());
    tell();
    remember(key, isComfortable() ? "comfortable" : "compact");
  });
});
