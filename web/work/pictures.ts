// Pictures are made smaller before they travel: a telephone's 5 MB become a few hundred KB, and what the camera wrote into them stays behind. What
// the browser cannot read (HEIC in most) travels as it is; the server reads it.
import { element, word } from "./words";

const longest_side = 2000; // pixels, as the server keeps them
const worth_it = 300 * 1024; // bytes
const quality = 0.85;

async function smaller(file: File): Promise<File> {
  if (!file.type.startsWith("image/") || file.size < worth_it) return file;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, longest_side / Math.max(picture.width, picture.height));
  const canvas = element("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const drawn = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, "image/jpeg", quality));
  if (!drawn || drawn.size >= file.size) return file;
  return new File([drawn], file.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" });
}

function size_text(bytes: number): string {
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  return `${number.format(bytes / (1024 * 1024))} ${word("megabytes")}`;
}

async function shrink(input: HTMLInputElement): Promise<void> {
  const files = [...(input.files ?? [])];
  const chosen = new DataTransfer();
  let before = 0;
  let after = 0;
  for (const file of files) {
    const sent = await smaller(file).catch(() => file);
    chosen.items.add(sent);
    before += file.size;
    after += sent.size;
  }
  let line = input.parentElement?.querySelector<HTMLElement>(".shrunk");
  if (!line) {
    line = element("p", "shrunk soft");
    line.setAttribute("role", "status");
    input.after(line);
  }
  line.textContent = after < before ? `${word("smaller")}: ${size_text(before)} → ${size_text(after)}` : "";
  if (after === before) return;
  input.files = chosen.files;
  input.dispatchEvent(new Event("input", { bubbles: true })); // so that a kept form keeps the smaller ones
}

export function shrink_pictures(): void {
  document.addEventListener("change", event => {
    const input = event.target;
    if (input instanceof HTMLInputElement && input.type === "file" && input.dataset.shrink !== undefined) void shrink(input);
  });
}
