import { FormData } from "undici";

/**
 * A multipart/form-data body. Files are read from disk while they are sent; an empty name sends a part without filename.
 * undici's own FormData, since its `fetch` does not know the global one as a form.
 */
export function multipart(
  fields: Readonly<Record<string, string>>,
  files: Readonly<Record<string, { readonly blob: Blob; readonly name: string }>> = {},
): BodyInit {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  for (const [name, file] of Object.entries(files)) form.set(name, file.blob, file.name);
  return form as unknown as BodyInit;
}
