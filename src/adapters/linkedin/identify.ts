import type { Call, Identity } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { type LinkedInCredentials, readElements, readObject, request, unreadable } from "./request.ts";
import { isOrganization } from "./urns.ts";

type LinkedIn = Call<LinkedInCredentials>;

const pageSize = 100;
const maxPages = 10;

/** The member, or the page the member speaks for. */
export async function identify(call: LinkedIn): Promise<Identity> {
  const { author } = call.credentials;
  return author ? await identifyPage(author, call) : await identifyMember(call);
}

/** LinkedIn does not tell the name in a member's address: the name has to do. https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2 (checked 2026-11) */
async function identifyMember(call: LinkedIn): Promise<Identity> {
  const response = await request(call, { method: "GET", path: "/v2/userinfo" });
  const { sub, name } = await readObject<{ sub?: unknown; name?: unknown }>(response);
  if (typeof sub !== "string" || sub === "") throw unreadable(response.status);
  const known = typeof name === "string" && name !== "" ? name : sub;
  return { externalId: `urn:li:person:${sub}`, handle: known, name: known };
}

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/organizations/organization-lookup-api (checked 2026-11) */
async function identifyPage(author: string, call: LinkedIn): Promise<Identity> {
  if (!isOrganization(author))
    throw new PublishError(
      "invalid",
      "The author has to be a page, written as urn:li:organization: and its number; leave it out to post as the member",
      { code: "author_invalid" },
    );
  if (!(await administers(author, call)))
    throw new PublishError(
      "forbidden",
      "This login is not an administrator of that LinkedIn page: let somebody who is connect it, or leave the author out to post as the member",
      { code: "not_an_administrator" },
    );
  const id = author.split(":").at(-1) ?? "";
  const response = await request(call, { method: "GET", path: `/rest/organizations/${id}` });
  const page = await readObject<{ localizedName?: string; vanityName?: string }>(response);
  return { externalId: author, handle: page.vanityName || id, name: page.localizedName || id };
}

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/organizations/organization-access-control-by-role (checked 2026-11) */
async function administers(author: string, call: LinkedIn): Promise<boolean> {
  for (let page = 0; page < maxPages; page++) {
    const query = `q=roleAssignee&role=ADMINISTRATOR&state=APPROVED&start=${page * pageSize}&count=${pageSize}`;
    const asked = { method: "GET", path: "/rest/organizationAcls", query, restliMethod: "FINDER" } as const;
    const roles = await readElements<{ organization?: string }>(await request(call, asked));
    if (roles.some(({ organization }) => organization === author)) return true;
    if (roles.length < pageSize) return false;
  }
  return false;
}
