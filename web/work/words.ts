// The texts of the islands come from the page, in its language: <div id="keeper" data-...> of the workspace bar.
export const keeper = document.getElementById("keeper");

export function word(name: string): string {
  return keeper?.dataset[name] ?? "";
}

export const person = keeper?.dataset.person ?? "";

export function element<Name extends keyof HTMLElementTagNameMap>(name: Name, className = "", text = ""): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

export function button(text: string, className: string, pressed: () => void): HTMLButtonElement {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", pressed);
  return made;
}
