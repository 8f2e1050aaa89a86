/** What a person fills in on a timeline page of the practice network. */
export interface Filled {
  readonly identity?: string;
  readonly text?: string;
  readonly altText?: string;
  readonly file?: { readonly bytes: Uint8Array<ArrayBuffer>; readonly name: string; readonly type: string };
}

/** Sends the form as a browser does, and does not go where the answer leads. */
export function sendFromPhone(
  phoneUrl: string,
  { identity = "", text = "", altText = "", file }: Filled,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ identity, text, altText })) form.set(name, value);
  const blob = new Blob(file ? [file.bytes] : [], { type: file?.type ?? "application/octet-stream" });
  form.set("file", blob, file?.name ?? "");
  return fetch(phoneUrl, { method: "POST", body: form, headers, redirect: "manual" });
}

/** Sends an edit or, without a text, what needs none. */
export function changeFromPhone(url: string, text?: string): Promise<Response> {
  const body = new URLSearchParams(text === undefined ? {} : { text });
  return fetch(url, { method: "POST", body, redirect: "manual" });
}
