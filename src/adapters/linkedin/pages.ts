import type { Identity } from "../contract/adapter.ts";
import { type LinkedInCall, readElements, readObject, request } from "./request.ts";
import { isOrganization } from "./urns.ts";

const pageSize = 100;
const maxPages = 10;

interface Organization {
  readonly localizedName?: string;
  readonly vanityName?: string;
}

/**
 * The pages that the member administers, by URN. As many as are wanted are looked for.
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/organizations/organization-access-control-by-role (checked 2026-11)
 */
export async function* administered(call: LinkedInCall): AsyncGenerator<string> {
  for (let page = 0; page < maxPages; page++) {
    const query = `q=roleAssignee&role=ADMINISTRATOR&state=APPROVED&start=${page * pageSize}&count=${pageSize}`;
    const asked = { method: "GET", path: "/rest/organizationAcls", query, restliMethod: "FINDER" } as const;
    const roles = await readElements<{ organization?: unknown }>(await request(call, asked));
    for (const { organization } of roles) if (isPage(organization)) yield organization;
    if (roles.length < pageSize) return;
  }
}

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/organizations/organization-lookup-api (checked 2026-11) */
export async function readPage(urn: string, call: LinkedInCall): Promise<Identity> {
  const response = await request(call, { method: "GET", path: `/rest/organizations/${idOf(urn)}` });
  return identityOf(urn, await readObject<Organization>(response));
}

/** Many at once. One that LinkedIn does not describe keeps its number for a name: it can be posted to all the same. */
export async function readPages(urns: readonly string[], call: LinkedInCall): Promise<Identity[]> {
  const identities: Identity[] = [];
  for (let from = 0; from < urns.length; from += pageSize) {
    const some = urns.slice(from, from + pageSize);
    const query = `ids=List(${some.map(idOf).join(",")})`;
    const asked = { method: "GET", path: "/rest/organizations", query, restliMethod: "BATCH_GET" } as const;
    const { results = {} } = await readObject<{ results?: Record<string, Organization> }>(
      await request(call, asked),
    );
    identities.push(...some.map((urn) => identityOf(urn, results[idOf(urn)] ?? {})));
  }
  return identities;
}

function isPage(urn: unknown): urn is string {
  return typeof urn === "string" && isOrganization(urn);
}

function idOf(urn: string): string {
  return urn.split(":").at(-1) ?? "";
}

function identityOf(urn: string, { vanityName, localizedName }: Organization): Identity {
  const id = idOf(urn);
  return { externalId: urn, handle: vanityName || id, name: localizedName || id };
}
