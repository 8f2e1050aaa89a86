import type { PracticeNetwork, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { type Caller, organizationsOf } from "./practice-access.ts";
import { denied, notFound, wrong } from "./practice-replies.ts";

/** GET /v2/userinfo */
export function userInfo({ member, scopes }: Caller): PracticeReply {
  if (!scopes.includes("openid")) return denied("userinfo.GET");
  return {
    status: 200,
    body: { sub: member.id, name: member.name, locale: { country: "US", language: "en" } },
  };
}

/** GET /v2/me */
export function me({ member, scopes }: Caller): PracticeReply {
  if (!scopes.includes("r_basicprofile")) return denied("me.GET");
  const [first = "", ...rest] = member.name.split(" ");
  return {
    status: 200,
    body: { id: member.id, localizedFirstName: first, localizedLastName: rest.join(" ") },
  };
}

/** GET /rest/organizationAcls?q=roleAssignee */
export function listRoles(
  { member, scopes }: Caller,
  { query }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  if (!scopes.includes("rw_organization_admin")) return denied("organizationAcls.FINDER-roleAssignee");
  if (query.get("q") !== "roleAssignee") return wrong("q");
  const pages = organizationsOf(network)
    .list()
    .filter(([, { administratorId }]) => administratorId === member.id);
  const elements = pages.map(([id]) => ({
    organization: `urn:li:organization:${id}`,
    role: "ADMINISTRATOR",
    roleAssignee: `urn:li:person:${member.id}`,
    state: "APPROVED",
  }));
  return { status: 200, body: { elements, paging: { start: 0, count: 100, links: [] } } };
}

/** GET /rest/organizations/:id */
export function getOrganization(
  caller: Caller,
  { params: { id = "" } }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const found = readOrganization(caller, id, network);
  if (found === 404) return notFound(id);
  return found === 403 ? denied("organizations.GET") : { status: 200, body: found };
}

/** GET /rest/organizations?ids=List(…): each by itself. */
export function getOrganizations(
  caller: Caller,
  { query }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const ids = /^List\(([\d,]+)\)$/.exec(query.get("ids") ?? "")?.[1]?.split(",");
  if (!ids) return wrong("ids");
  const found = ids.map((id) => [id, readOrganization(caller, id, network)] as const);
  const failed = found.filter(([, answer]) => typeof answer === "number");
  return {
    status: 200,
    body: {
      results: Object.fromEntries(found.filter(([, answer]) => typeof answer !== "number")),
      statuses: Object.fromEntries(
        found.map(([id, answer]) => [id, typeof answer === "number" ? answer : 200]),
      ),
      errors: Object.fromEntries(failed.map(([id, status]) => [id, { status }])),
    },
  };
}

function readOrganization(
  { member, scopes }: Caller,
  id: string,
  network: PracticeNetwork,
): Record<string, unknown> | 403 | 404 {
  const page = organizationsOf(network).get(id);
  if (!page) return 404;
  if (page.administratorId !== member.id || !scopes.includes("rw_organization_admin")) return 403;
  return { id: Number(id), localizedName: page.name, vanityName: page.vanityName };
}
