// Sends a draft. The form carries a token of its own (field `post`), so that what arrived although no answer came back is stored once.
import type { Draft } from "./drafts";

export type Outcome =
  | { kind: "stored"; address: string }
  | { kind: "answered"; status: number; page: string } // the server wants something corrected, or says why not
  | { kind: "unreached"; after: number }; // no connection, or the server asks to come back: seconds until the next try

const patience = 30_000; // milliseconds
const slowest = 4; // bytes a millisecond, as the server waits for them: a picture may take minutes and still arrive

function patience_for(draft: Draft): number {
  return patience + draft.files.reduce((sum, [, file]) => sum + file.size, 0) / slowest;
}

function body_of(draft: Draft, form_token: string): FormData | URLSearchParams {
  const body = draft.multipart ? new FormData() : new URLSearchParams();
  body.append("form_token", form_token);
  for (const [name, value] of draft.fields) body.append(name, value);
  if (body instanceof FormData) for (const [name, file] of draft.files) body.append(name, file, file.name);
  return body;
}

export async function send(draft: Draft, form_token: string): Promise<Outcome> {
  let reply: Response;
  let page: string;
  try {
    reply = await fetch(draft.action, { method: "POST", body: body_of(draft, form_token), signal: AbortSignal.timeout(patience_for(draft)) });
    page = await reply.text();
  } catch {
    return { kind: "unreached", after: 0 };
  }
  if (reply.status === 429 || reply.status >= 500) return { kind: "unreached", after: Number(reply.headers.get("retry-after")) || 0 };
  if (reply.redirected && reply.ok && !new URL(reply.url).pathname.includes("/sign-in")) return { kind: "stored", address: reply.url };
  return { kind: "answered", status: reply.status, page };
}

// The token that forms carry, fetched anew: the one a draft was drawn with is bound to a session that may be over. One holds for all forms of a
// session, also where the page no longer has the form of the draft: what it asks for may have been stored already, and the server knows by the
// token of the draft itself. Null where the page is not reached, an empty text where it has no form at all.
export async function fresh_token(draft: Draft): Promise<string | null> {
  try {
    const reply = await fetch(draft.page, { signal: AbortSignal.timeout(patience) });
    if (reply.status === 429 || reply.status >= 500) return null;
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    return page.querySelector<HTMLInputElement>("form[method=post] input[name=form_token]")?.value ?? "";
  } catch {
    return null;
  }
}
