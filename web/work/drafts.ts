// What was typed and not yet stored by the server, kept on the device: fields and pictures, in IndexedDB. Each draft belongs to one person;
// another who signs in on the same telephone neither sees nor sends it.
export interface Draft {
  key: string; // person and form
  person: string;
  title: string; // what the page called the form
  page: string; // where the form stands: path and query
  action: string; // where it is sent
  multipart: boolean;
  fields: [string, string][];
  files: [string, File][];
  saved: number; // milliseconds since 1970
  state: "typing" | "waiting" | "refused"; // waiting: to be sent; refused: the server wants something corrected
}

const days_kept = 30;

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

let opened: Promise<IDBDatabase> | null = null;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("birge", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("draft", { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  return (await database()).transaction("draft", mode).objectStore("draft");
}

export async function keep(draft: Draft): Promise<void> {
  await asked((await store("readwrite")).put(draft));
}

export async function find(key: string): Promise<Draft | undefined> {
  return asked<Draft | undefined>((await store("readonly")).get(key));
}

export async function forget(key: string): Promise<void> {
  await asked((await store("readwrite")).delete(key));
}

// The drafts of a person; what is older than a month goes, whoever's it is.
export async function drafts_of(person: string): Promise<Draft[]> {
  const all = await asked<Draft[]>((await store("readonly")).getAll());
  const oldest = Date.now() - days_kept * 86_400_000;
  for (const draft of all) if (draft.saved < oldest) await forget(draft.key);
  return all.filter(draft => draft.person === person && draft.saved >= oldest);
}
