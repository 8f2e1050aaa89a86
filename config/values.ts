import { z } from "zod";

/** Text of one form. `says` completes the sentence that begins with the variable's name. */
export function matching(form: RegExp, says: string) {
  return z.string().regex(form, { error: says }).optional();
}

export function port() {
  const says = "must be a port number from 1 to 65535";
  return z
    .string()
    .regex(/^\d{1,5}$/, { error: says, abort: true })
    .transform(Number)
    .refine((number) => number >= 1 && number <= 65_535, { error: says })
    .optional();
}

export function flag() {
  return z
    .enum(["0", "1", "false", "true"], { error: "must be 0 or 1" })
    .transform((value) => value === "1" || value === "true")
    .optional();
}

/** `scheme://host:port`, normalised. */
export function origin() {
  return z
    .string()
    .refine(isOrigin, { error: "must be an http(s) URL without path, query or password", abort: true })
    .transform((url) => new URL(url).origin)
    .optional();
}

export function commaList(form: RegExp, says: string) {
  return z
    .string()
    .transform((text) =>
      text
        .split(",")
        .map((item) => item.trim().toLowerCase())
        .filter(Boolean),
    )
    .refine((items) => items.every((item) => form.test(item)), { error: says })
    .optional();
}

function isOrigin(text: string): boolean {
  if (!/^https?:\/\/[^/?#@\\\s]+\/?$/i.test(text) || !URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return (protocol === "http:" || protocol === "https:") && hostname !== "";
}
