import type { Call, Identity } from "../contract/adapter.ts";
import type { LinkableIdentity } from "../contract/oauth.ts";
import { isForbidden, readMember } from "./members.ts";
import { administered, readPages } from "./pages.ts";

const most = 200; // pages to choose from

/** Whom one login may post as: the member, and the pages that the member administers. All of them share it. */
export async function identities(
  call: Call<never>,
  { scopes }: { readonly scopes: readonly string[] },
): Promise<readonly LinkableIdentity[]> {
  const member = scopes.includes("w_member_social") ? await memberIfTold(call) : [];
  const pages: string[] = [];
  if (scopes.includes("w_organization_social"))
    for await (const page of administered(call)) if (pages.push(page) === most) break;
  return [...member, ...(await readPages(pages, call))];
}

/** An app without leave to ask who the member is can still speak for pages. */
async function memberIfTold(call: Call<never>): Promise<Identity[]> {
  try {
    return [await readMember(call)];
  } catch (error) {
    if (isForbidden(error)) return [];
    throw error;
  }
}
