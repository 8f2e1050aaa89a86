import type { PracticeReply, PracticeRequest } from "./kit.ts";
import { PhoneRefusal } from "./phone.ts";

/** What a phone asks of the handlers that answer apps. */
export function requestWith(parts: Partial<PracticeRequest>): PracticeRequest {
  return {
    method: "POST",
    path: "",
    params: {},
    query: new URLSearchParams(),
    headers: {},
    token: undefined,
    json: undefined,
    fields: {},
    files: {},
    raw: undefined,
    ...parts,
  };
}

interface Refused {
  readonly errors?: readonly { readonly message?: string; readonly detail?: string }[];
  readonly message?: string;
  readonly detail?: string;
  readonly error?: string;
}

/** The body of what such a handler answers. @throws PhoneRefusal in its words */
export function accepted<T>({ status, body }: PracticeReply): T {
  if (status < 400) return body as T;
  const { errors, message, detail, error } = (body ?? {}) as Refused;
  const [first] = errors ?? [];
  throw new PhoneRefusal(
    first?.message ?? first?.detail ?? message ?? detail ?? error ?? "It cannot be posted.",
  );
}
