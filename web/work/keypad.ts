// Counting heads with the thumb: a keypad at the foot of the screen for tables of counts, with the sum as it grows. A keyboard needs none of it,
// so it comes only where the finger points.
import { button, element, word } from "./words";

function low_and_high(text: string): [number, number] {
  const numbers = text.match(/\d+/g)?.map(Number) ?? [];
  return [numbers[0] ?? 0, numbers[1] ?? numbers[0] ?? 0];
}

function sum_of(inputs: HTMLInputElement[]): string {
  let low = 0;
  let high = 0;
  for (const input of inputs) {
    const [from, to] = low_and_high(input.value);
    low += from;
    high += to;
  }
  return low === high ? String(low) : `${low}–${high}`;
}

class Keypad {
  private readonly pad = element("div", "keypad");
  private readonly name = element("p", "counted");
  private readonly sum = element("output", "sum");
  private readonly below = element("p", "sum-below");
  private field: HTMLInputElement | null = null;

  constructor(private readonly inputs: HTMLInputElement[], table: HTMLElement) {
    this.pad.hidden = true;
    this.pad.append(this.name);
    const key = (text: string, label: string, act: () => void): void => {
      const made = button(text, "key", act);
      if (label) made.setAttribute("aria-label", label);
      made.tabIndex = -1;
      this.pad.append(made);
    };
    for (const row of ["123", "456", "789"]) {
      for (const digit of row) key(digit, "", () => this.type(digit));
      if (row === "123") key("⌫", word("erase"), () => this.change(value => value.slice(0, -1)));
      if (row === "456") key("+1", "", () => this.change(value => String(low_and_high(value)[0] + 1)));
      if (row === "789") key("–", word("range"), () => this.type("-"));
    }
    this.pad.append(this.sum);
    key("0", "", () => this.type("0"));
    key("abc", word("keyboard"), () => this.by_keyboard());
    key("→", word("next"), () => this.next());
    // A press must not take the focus out of the field.
    this.pad.addEventListener("pointerdown", event => event.preventDefault());
    table.after(this.below, this.pad);
    const finger = matchMedia("(pointer: coarse)").matches;
    for (const input of inputs) {
      input.addEventListener("input", () => this.show_sum());
      if (!finger) continue;
      input.inputMode = "none";
      input.addEventListener("focus", () => this.open(input));
      input.addEventListener("blur", event => {
        if (!(event.relatedTarget instanceof HTMLInputElement && inputs.includes(event.relatedTarget))) this.close();
      });
    }
    this.show_sum();
  }

  private open(input: HTMLInputElement): void {
    this.field = input;
    this.pad.hidden = false;
    document.documentElement.classList.add("with-keypad");
    this.name.textContent = input.getAttribute("aria-label");
    this.show_whole(input);
  }
  /// Into the middle of what the help line above and the keypad below leave to see.
  private show_whole(input: HTMLInputElement): void {
    const help = document.querySelector<HTMLElement>(".hotline")?.offsetHeight ?? 0;
    const row = (input.closest("tr") ?? input).getBoundingClientRect();
    const middle = (help + this.pad.getBoundingClientRect().top) / 2;
    scrollBy({ top: row.top + row.height / 2 - middle, behavior: "instant" });
  }
  private close(): void {
    this.field = null;
    this.pad.hidden = true;
    document.documentElement.classList.remove("with-keypad");
  }
  private change(made: (value: string) => string): void {
    if (!this.field) return;
    this.field.value = made(this.field.value);
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  private type(text: string): void {
    this.change(value => (value + text).slice(0, 13));
  }
  private next(): void {
    const after = this.field ? this.inputs[this.inputs.indexOf(this.field) + 1] : undefined;
    if (after) after.focus();
    else this.field?.blur();
  }
  private by_keyboard(): void {
    for (const input of this.inputs) input.inputMode = "text";
    const field = this.field;
    field?.blur();
    field?.focus();
    this.pad.hidden = true;
  }
  private show_sum(): void {
    const any = this.inputs.some(input => input.value !== "");
    this.sum.textContent = `${word("sum")} ${sum_of(this.inputs)}`;
    this.below.textContent = any ? `${word("sum")}: ${sum_of(this.inputs)}` : "";
  }
}

export function make_keypads(): void {
  for (const table of document.querySelectorAll<HTMLElement>("table.counts")) {
    if (table.dataset.keypad) continue;
    table.dataset.keypad = "on";
    const inputs = [...table.querySelectorAll<HTMLInputElement>("input")];
    if (inputs.length > 0) new Keypad(inputs, table);
  }
}
