// Keys instead of the mouse. The list of them comes with the bar of the workspace as <details>: here it becomes a dialog that `?` opens, and the
// keys follow its links. They do nothing while something is typed or with Ctrl, Alt or Meta, which are the browser's and the screen reader's; and
// since a voice or a tremor presses keys too, they can be switched off on a device (WCAG 2.1.4).
import { remember, remembered } from "../common/remembered";
import { button } from "./words";

const key = "shortcuts";
const row_links = "main .row .title a, main .entry > a:first-child, main .card h3 a, main tbody th a";

function is_typed_into(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, select, textarea, [contenteditable]") !== null;
}

// A letter is meant by its place where the keyboard is set to Cyrillic; a sign is where its keyboard has it.
function key_of(event: KeyboardEvent): string {
  if (event.shiftKey) return event.key;
  const cyrillic = /^\p{Script=Cyrillic}$/u.test(event.key) && event.code.startsWith("Key");
  return (cyrillic ? event.code.slice("Key".length) : event.key).toLowerCase();
}

// Those that are seen: the phone's and the desk's markup of a list may both be there.
function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(row_links)].filter(link => link.getClientRects().length > 0);
}

// To the row after or before the place one is at.
function step(towards: typeof Node.DOCUMENT_POSITION_FOLLOWING | typeof Node.DOCUMENT_POSITION_PRECEDING): void {
  const here = document.activeElement ?? document.body;
  const there = rows().filter(link => here.compareDocumentPosition(link) & towards);
  there.at(towards === Node.DOCUMENT_POSITION_FOLLOWING ? 0 : -1)?.focus();
}

function made_dialog(list: HTMLElement): HTMLDialogElement {
  const dialog = document.createElement("dialog");
  dialog.className = list.className;
  dialog.setAttribute("aria-labelledby", "shortcuts-title");
  dialog.append(...list.childNodes);
  for (const hidden of dialog.querySelectorAll<HTMLElement>("[data-scripted]")) hidden.hidden = false;
  dialog.querySelector("button")?.addEventListener("click", () => dialog.close());
  return dialog;
}

function made_button(summary: HTMLElement, pressed: () => void): HTMLButtonElement {
  const made = button("", summary.className, pressed);
  made.title = summary.title;
  made.setAttribute("aria-haspopup", "dialog");
  made.append(...summary.childNodes);
  return made;
}

export function offer_shortcuts(): void {
  const box = document.querySelector("details.shortcuts");
  const summary = box?.querySelector("summary");
  const list = box?.querySelector("div");
  if (!box || !summary || !list || !("HTMLDialogElement" in window)) return;
  const dialog = made_dialog(list);
  const links = new Map([...dialog.querySelectorAll<HTMLElement>("[data-keys]")].map(link => [link.dataset.keys ?? "", link]));
  const used = dialog.querySelector<HTMLInputElement>("input[type=checkbox]");
  const show = (): void => {
    for (const line of dialog.querySelectorAll<HTMLElement>("[data-rows]")) line.hidden = rows().length === 0;
    dialog.showModal();
  };
  box.replaceWith(made_button(summary, show), dialog);

  if (used) {
    used.checked = remembered(key) !== "off";
    used.addEventListener("change", () => remember(key, used.checked ? "on" : "off"));
  }
  links.get("/")?.addEventListener("click", event => {
    const field = document.querySelector<HTMLInputElement>('input[type="search"]');
    if (!field) return; // the link leads to the page that has one
    event.preventDefault();
    dialog.close();
    field.focus();
  });

  let begun = ""; // the first of two keys
  document.addEventListener("keydown", event => {
    if (event.key === "Shift") return; // a part of what comes
    const typed = begun + key_of(event);
    begun = "";
    if (!used?.checked || event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (is_typed_into(event.target) || document.querySelector("dialog[open]")) return;
    const link = links.get(typed);
    if (link) link.click();
    else if (typed === "?") show();
    else if (typed === "j") step(Node.DOCUMENT_POSITION_FOLLOWING);
    else if (typed === "k") step(Node.DOCUMENT_POSITION_PRECEDING);
    else {
      if ([...links.keys()].some(keys => keys.startsWith(`${typed} `))) begun = `${typed} `;
      return;
    }
    event.preventDefault();
  });
}
