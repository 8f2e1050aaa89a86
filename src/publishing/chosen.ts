import type { PostContent, VariantInput } from "./post-content.ts";

type Field = Exclude<keyof VariantInput, "options">;

/** A field's value for one account, and the JSON pointer to where the author wrote it. */
export function chosen<F extends Field>(
  content: PostContent,
  account: { readonly id: string; readonly platform: string },
  field: F,
): { readonly value: PostContent[F]; readonly pointer: string } {
  for (const key of [account.id, account.platform]) {
    const value = content.variants[key]?.[field];
    if (value !== undefined) return { value: value as PostContent[F], pointer: `/variants/${key}/${field}` };
  }
  return { value: content[field], pointer: `/${field}` };
}
