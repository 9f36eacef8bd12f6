// The calendar and the table with a little more than links: dragging to another day, and ticking all rows. Without it everything is done
// through the same forms. Nothing is changed before such a form was sent.

/// The form that puts an activity on a day, from its own page: it carries token, version and everything that stays as it is.
async function formFrom(address: string): Promise<HTMLFormElement | null> {
  const reply = await fetch(address, { credentials: "same-origin" });
  if (!reply.ok) return null;
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  return page.querySelector<HTMLFormElement>('main form[action$="/move"]');
}

function onDay(address: string, day: string): string {
  const target = new URL(address, location.href);
  target.searchParams.set("day", day);
  return target.pathname + target.search;
}

/// Asks for the reason, and shows the day, which can still be another one. Where that cannot be shown here, the form's own page opens.
async function ask(link: HTMLAnchorElement, day: string, calendar: HTMLElement): Promise<void> {
  const address = onDay(link.href, day);
  const form = link.dataset.move === "ask" ? await formFrom(address).catch(() => null) : null;
  const dialog = document.createElement("dialog");
  if (!form || typeof dialog.showModal !== "function") {
    location.href = address;
    return;
  }
  const title = document.createElement("h2");
  title.id = "move-title";
  title.textContent = link.querySelector(".heard")?.textContent ?? link.textContent;
  dialog.setAttribute("aria-labelledby", title.id);
  // What does not change with the day is sent as it is.
  for (const name of ["start", "end", "place", "village"]) {
    const field = form.querySelector<HTMLElement>(`[name="${name}"]`)?.closest<HTMLElement>(".field");
    if (field) field.hidden = true;
  }
  const back = form.querySelector<HTMLAnchorElement>(".actions a");
  back?.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.close();
  });
  if (back) back.textContent = calendar.dataset.close ?? back.textContent;
  dialog.className = "move-dialog";
  dialog.append(title, form);
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  form.querySelector<HTMLElement>('[name="reason"]')?.focus();
}

function moveOnDays(calendar: HTMLElement): void {
  let dragged: HTMLAnchorElement | null = null;
  const dayOf = (target: EventTarget | null): HTMLElement | null =>
    target instanceof Element ? target.closest<HTMLElement>("[data-day]") : null;
  const clear = (): void => calendar.querySelectorAll(".over").forEach((each) => each.classList.remove("over"));
  calendar.addEventListener("dragstart", (event) => {
    const item = event.target instanceof Element ? event.target.closest<HTMLElement>('[draggable="true"]') : null;
    dragged = item?.querySelector<HTMLAnchorElement>("[data-move]") ?? null;
    if (dragged && event.dataTransfer) {
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", dragged.href);
    }
  });
  calendar.addEventListener("dragover", (event) => {
    const day = dayOf(event.target);
    if (!dragged || !day) return;
    event.preventDefault();
    clear();
    day.classList.add("over");
  });
  calendar.addEventListener("dragend", () => {
    clear();
    dragged = null;
  });
  calendar.addEventListener("drop", (event) => {
    const day = dayOf(event.target);
    const link = dragged;
    clear();
    if (!link || !day?.dataset.day) return;
    event.preventDefault();
    if (dayOf(link) !== day) void ask(link, day.dataset.day, calendar);
  });
  // By keyboard and with a click: the same form, on the day it has, to choose another one.
  calendar.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('[data-move="ask"]') : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void ask(link, dayOf(link)?.dataset.day ?? "", calendar);
  });
}

/// One box that ticks every row of the page.
function tickAll(head: HTMLElement): void {
  const boxes = (): HTMLInputElement[] => [...document.querySelectorAll<HTMLInputElement>('input[name="row"]')];
  const box = document.createElement("input");
  box.type = "checkbox";
  box.setAttribute("aria-label", head.dataset.all ?? "");
  box.addEventListener("change", () => boxes().forEach((each) => (each.checked = box.checked)));
  head.replaceChildren(box);
}

const calendar = document.querySelector<HTMLElement>(".calendar");
if (calendar) {
  moveOnDays(calendar);
  document.querySelector(".how-to")?.removeAttribute("hidden"); // true with this script alone
}
const head = document.querySelector<HTMLElement>("[data-all]");
if (head) tickAll(head);
