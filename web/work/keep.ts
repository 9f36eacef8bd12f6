// Forms that lose nothing: what is typed into a form inside [data-keep] is kept on the device, comes back after a reload, and is sent again by
// itself where there was no connection. The server's page is shown as it is where it wants something corrected.
import { drafts_of, find, forget, keep, type Draft } from "./drafts";
import { fresh_token, send } from "./send";
import { button, element, keeper, person, word } from "./words";

const typing_pause = 400; // milliseconds without a key until it is kept
const first_wait = 10; // seconds; doubled up to the longest
const longest_wait = 300;
const most_tabs = 9; // with one form, each with a draft of its own
const leaving = 500; // milliseconds until a page that is left has let go of its draft, at most
const elsewhere = new BroadcastChannel("birge-drafts"); // keys that another tab has sent

interface Kept {
  form: HTMLFormElement;
  key: string; // of the form until `ready`, then of this tab's draft of it
  ready: Promise<void>;
  touched: boolean; // by whoever sits before it
  page_token: string; // the form's own token as the server drew it
}

let current: Kept[] = [];
let wait = first_wait;
let timer = 0;

function fields_of(data: FormData): [string, string][] {
  return [...data.entries()].filter((entry): entry is [string, string] => typeof entry[1] === "string" && entry[0] !== "form_token");
}

function files_of(data: FormData): [string, File][] {
  return [...data.entries()].filter((entry): entry is [string, File] => entry[1] instanceof File && entry[1].size > 0);
}

function draft_of(kept: Kept, state: Draft["state"], submitter?: HTMLElement | null): Draft {
  const data = new FormData(kept.form);
  if (submitter instanceof HTMLButtonElement && submitter.name) data.append(submitter.name, submitter.value);
  return {
    key: kept.key,
    person,
    title: document.querySelector("h1")?.textContent?.trim() ?? document.title,
    page: location.pathname + location.search,
    action: kept.form.getAttribute("action") ?? location.pathname,
    multipart: kept.form.enctype === "multipart/form-data",
    fields: fields_of(data),
    files: files_of(data),
    saved: Date.now(),
    state,
  };
}

// Puts what was typed back into the form. Buttons (go) and what the form does not have are left out.
function restore(kept: Kept, draft: Draft): void {
  const values = new Map<string, string[]>();
  for (const [name, value] of draft.fields) values.set(name, [...(values.get(name) ?? []), value]);
  put_files(kept.form, draft.files);
  for (const control of kept.form.elements) {
    if (control instanceof HTMLInputElement && control.type === "file") continue;
    if (control instanceof HTMLInputElement && (control.type === "checkbox" || control.type === "radio")) {
      control.checked = values.get(control.name)?.includes(control.value) ?? false;
    } else if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement || control instanceof HTMLSelectElement) {
      const value = values.get(control.name)?.shift();
      if (value !== undefined && control.name !== "form_token") control.value = value;
    }
  }
  // What came back is seen, also where the form itself is folded away.
  for (let around = kept.form.closest("details"); around; around = around.parentElement?.closest("details") ?? null) around.open = true;
  for (const details of kept.form.querySelectorAll("details"))
    if ([...details.querySelectorAll<HTMLInputElement>("input:not([type=checkbox]):not([type=radio]), textarea")].some(field => field.value))
      details.open = true;
}

function same(kept: Kept, draft: Draft): boolean {
  const typed = (fields: [string, string][]): string =>
    JSON.stringify(fields.filter(([name, value]) => name !== "post" && name !== "go" && value !== ""));
  return typed(draft_of(kept, "typing").fields) === typed(draft.fields) && draft.files.length === 0;
}

function say_restored(kept: Kept): void {
  const box = element("div", "notice kept");
  box.setAttribute("role", "status");
  const text = element("div");
  text.append(element("p", "", word("restored")));
  text.append(
    button(word("discard"), "quiet", () => {
      void forget(kept.key).then(() => location.reload());
    }),
  );
  box.append(text);
  kept.form.before(box);
}

const held = new Map<string, () => void>(); // drafts that this tab holds, and how it lets go of them

// Takes a draft for this tab until it lets go of it or its page is left; false where another tab has it. Without locks of the browser nobody has any.
function hold(key: string, options: LockOptions): Promise<boolean> {
  if (!("locks" in navigator)) return Promise.resolve(true);
  return new Promise(resolve => {
    navigator.locks
      .request(`birge-form ${key}`, options, lock => {
        resolve(lock !== null);
        return lock ? new Promise<void>(let_go => held.set(key, let_go)) : undefined;
      })
      .catch(() => resolve(false));
  });
}

async function first_held(keys: string[]): Promise<string | undefined> {
  for (const key of keys) if (await hold(key, { ifAvailable: true })) return key;
  return undefined;
}

const asked_for = "#draft="; // in an address: the draft that its form is to open with

function address_of(draft: Draft): string {
  return draft.page + asked_for + encodeURIComponent(draft.key);
}

function keys_of(form: string): string[] {
  return Array.from({ length: most_tabs }, (_, tab) => (tab === 0 ? form : `${form}#${tab + 1}`));
}

async function kept_keys(): Promise<Set<string>> {
  return new Set((await drafts_of(person)).map(draft => draft.key));
}

// The key of a draft of a form that does not stand on the device yet.
async function new_key(form: string): Promise<string> {
  const kept = await kept_keys();
  return (await first_held(keys_of(form).filter(key => !kept.has(key)))) ?? form;
}

// The key of this tab's draft of a form: the one that the address names or this tab had before it was loaded anew, otherwise one that nobody has open
// any more, otherwise a new one. So two tabs never write into the same draft.
async function own_key(form: string): Promise<string> {
  const kept = await kept_keys();
  const asked = keys_of(form).find(key => location.hash === asked_for + encodeURIComponent(key));
  for (const key of [asked, sessionStorage.getItem(`draft ${form}`)])
    if (key && kept.has(key) && (await hold(key, { signal: AbortSignal.timeout(leaving) }))) return key;
  return (await first_held(keys_of(form).filter(key => kept.has(key)))) ?? new_key(form);
}

async function note(kept: Kept): Promise<void> {
  await kept.ready;
  await keep(draft_of(kept, "typing"));
  let line = kept.form.querySelector<HTMLElement>(".kept-at");
  if (!line) {
    line = element("p", "kept-at soft");
    kept.form.append(line);
  }
  line.textContent = `${word("kept")}, ${new Date().toTimeString().slice(0, 5)}`;
}

// The files of a form: the server draws it without them.
function put_files(form: HTMLFormElement, files: Draft["files"]): void {
  for (const control of form.elements) {
    if (!(control instanceof HTMLInputElement) || control.type !== "file") continue;
    const chosen = new DataTransfer();
    for (const [name, file] of files) if (name === control.name) chosen.items.add(file);
    control.files = chosen.files;
  }
}

// Shows a page that came back instead of a redirection, as the browser would have; the files stay chosen.
function show(page: string, draft: Draft): void {
  const come = new DOMParser().parseFromString(page, "text/html");
  const main = come.querySelector("main");
  if (!main) return;
  document.title = come.title;
  document.querySelector("main")?.replaceWith(main);
  begin(draft);
  scrollTo(0, 0);
  const wrong = main.querySelector<HTMLElement>("[role=alert], .notice.danger, h1");
  if (wrong) {
    wrong.tabIndex = -1;
    wrong.focus();
  }
}

async function submit(kept: Kept, submitter: HTMLElement | null): Promise<void> {
  if (kept.form.ariaBusy === "true") return;
  kept.form.ariaBusy = "true";
  await kept.ready;
  const draft = draft_of(kept, "waiting", submitter);
  const token = new FormData(kept.form).get("form_token");
  await keep(draft).catch(() => undefined);
  const outcome = await send(draft, typeof token === "string" ? token : "");
  kept.form.ariaBusy = null;
  if (outcome.kind === "stored") {
    await forget(kept.key);
    elsewhere.postMessage(kept.key);
    location.assign(outcome.address);
  } else if (outcome.kind === "answered") {
    await keep({ ...draft, state: "typing" }).catch(() => undefined);
    show(outcome.page, draft);
  } else {
    later(outcome.after);
    await list();
    keeper?.scrollIntoView({ block: "nearest" });
  }
}

async function send_again(draft: Draft): Promise<void> {
  const token = await fresh_token(draft);
  if (token === null) return later(0);
  const outcome = token === "" ? null : await send(draft, token);
  if (outcome?.kind === "unreached") return later(outcome.after);
  wait = first_wait;
  if (outcome?.kind === "stored") {
    await forget(draft.key);
    elsewhere.postMessage(draft.key);
    const here = current.find(each => each.key === draft.key);
    if (here) return location.assign(outcome.address);
    say_sent(draft, outcome.address);
  } else {
    await keep({ ...draft, state: "refused" });
  }
}

// Sends what waits, in one tab only.
async function send_all(): Promise<void> {
  await navigator.locks.request("birge-send", { ifAvailable: true }, async lock => {
    if (!lock) return;
    for (const draft of await drafts_of(person)) if (draft.state === "waiting") await send_again(draft);
  });
  await list();
}

function later(seconds: number): void {
  clearTimeout(timer);
  timer = window.setTimeout(() => void send_all(), Math.max(seconds, wait) * 1000);
  wait = Math.min(wait * 2, longest_wait);
}

function say_sent(draft: Draft, address: string): void {
  const line = element("p");
  const link = element("a", "", word("look"));
  link.href = address;
  line.append(`${word("sent")}: `, element("b", "", draft.title), ". ", link);
  keeper?.append(line);
}

// What is not sent yet, under the bar of the workspace, on every page.
async function list(): Promise<void> {
  await Promise.all(current.map(kept => kept.ready));
  const open = (await drafts_of(person)).filter(draft => draft.state !== "typing");
  for (const old of keeper?.querySelectorAll("[data-draft]") ?? []) old.remove();
  for (const draft of open) {
    const line = element("div", "unsent");
    line.dataset.draft = draft.key;
    const link = element("a", "button second", word("open"));
    link.href = address_of(draft);
    const text = element("p");
    text.append(element("b", "", draft.title), `: ${word(draft.state)}`);
    line.append(text);
    const actions = element("div", "actions");
    if (draft.state === "waiting") actions.append(button(word("send"), "button", () => void send_all()));
    if (!current.some(kept => kept.key === draft.key)) actions.append(link);
    actions.append(
      button(word("discard"), "quiet", () => {
        if (confirm(word("sure"))) void forget(draft.key).then(list);
      }),
    );
    line.append(actions);
    keeper?.append(line);
  }
}

function watch(kept: Kept): void {
  let pause = 0;
  const soon = (): void => {
    kept.touched = true;
    clearTimeout(pause);
    pause = window.setTimeout(() => void note(kept).catch(() => undefined), typing_pause);
  };
  kept.form.addEventListener("input", soon);
  kept.form.addEventListener("change", soon);
  kept.form.addEventListener("submit", event => {
    event.preventDefault();
    clearTimeout(pause);
    void submit(kept, event.submitter);
  });
}

// Takes the forms of the page in hand. `shown`: what was typed into the one of them that came back from the server.
function begin(shown?: Draft): void {
  current = [...document.querySelectorAll<HTMLElement>("[data-keep]")].flatMap(box => {
    const form = box.querySelector<HTMLFormElement>("form[method=post]");
    if (!form) return [];
    const token = form.querySelector<HTMLInputElement>("input[name=post]")?.value ?? "";
    return [{ form, key: `${person} ${box.dataset.keep}`, ready: Promise.resolve(), touched: false, page_token: token }];
  });
  for (const kept of current) {
    if (shown && kept.form.getAttribute("action") === shown.action) {
      kept.key = shown.key;
      put_files(kept.form, shown.files);
    } else kept.ready = open_draft(kept).catch(() => undefined);
    watch(kept);
  }
}

async function open_draft(kept: Kept): Promise<void> {
  const form = kept.key;
  kept.key = await own_key(form);
  const draft = await find(kept.key);
  // Whoever typed before it was there: neither is put over the other.
  if (draft && kept.touched) {
    kept.key = await new_key(form);
    held.get(draft.key)?.();
  }
  sessionStorage.setItem(`draft ${form}`, kept.key);
  if (!draft || kept.touched || same(kept, draft)) return;
  restore(kept, draft);
  say_restored(kept);
}

// Another tab sent this tab's draft: what is typed here now is something new.
elsewhere.addEventListener("message", (event: MessageEvent<string>) => {
  for (const kept of current) {
    const token = kept.form.querySelector<HTMLInputElement>("input[name=post]");
    if (kept.key === event.data && token) token.value = kept.page_token;
  }
});

// Whoever signs out leaves nothing on the device for the next one.
function watch_sign_out(): void {
  const form = document.querySelector<HTMLFormElement>('form[action$="/sign-out"]');
  let ready = false;
  form?.addEventListener("submit", event => {
    if (ready) return;
    event.preventDefault();
    void drafts_of(person)
      .catch((): Draft[] => [])
      .then(async own => {
        if (own.some(draft => draft.state !== "typing") && !confirm(word("signOut"))) return;
        for (const draft of own) await forget(draft.key);
        ready = true;
        form.submit();
      });
  });
}

export function keep_forms(): void {
  if (!keeper || !person || !("indexedDB" in window)) return;
  begin();
  watch_sign_out();
  void list().catch(() => undefined);
  void send_all().catch(() => undefined);
  addEventListener("online", () => void send_all());
  addEventListener("hashchange", () => {
    if (location.hash.startsWith(asked_for)) location.reload();
  });
}
