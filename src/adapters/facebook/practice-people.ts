import type { PracticeNetwork, PracticeReply, PracticeRequest, PracticeRoute } from "../../practice/kit.ts";
import { bindToken, issued } from "../../practice/sign-in-store.ts";
import { newNumber, notFound, registerAccount } from "../families/practice-graph.ts";
import { GraphRefusal, withoutPermission } from "../families/practice-graph-errors.ts";
import { select } from "../families/practice-graph-fields.ts";
import { newToken, orRefusal } from "../families/practice-graph-sign-in.ts";

interface Person {
  readonly id: string;
  readonly handle: string;
}

interface Role {
  readonly pageId: string;
  readonly tasks: readonly string[];
}

const perAnswer = 2; // Meta may give fewer than asked for, and here does so always

/** A person's own token: no page's. */
export function issuePersonToken(network: PracticeNetwork, handle: string): string {
  const token = newToken();
  peopleByToken(network).put(token, handle);
  return token;
}

const peopleByToken = (network: PracticeNetwork) => network.collection<string>("person tokens");
const people = (network: PracticeNetwork) => network.collection<string>("people");

export function personOf(network: PracticeNetwork, token: string | undefined): Person | undefined {
  const handle = peopleByToken(network).get(token ?? "");
  if (handle === undefined) return undefined;
  const id = people(network).get(handle) ?? newNumber();
  people(network).put(handle, id);
  return { id, handle };
}

/** Everybody has three pages: an old one, one of the new experience, and one they may only look into. */
export function rolesOf(network: PracticeNetwork, { handle }: Person): readonly Role[] {
  const all = ["ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"];
  const page = (suffix: string, tasks: readonly string[]) => ({
    pageId: registerAccount(network, handle + suffix, "pageId").externalId,
    tasks,
  });
  return [
    page("", all),
    page(
      "_events",
      all.map((task) => `PROFILE_PLUS_${task}`),
    ),
    page("_archive", ["ANALYZE"]),
  ];
}

/** What a person's token, and no page's, may ask for. */
export function personRoutes(pageNode: PracticeRoute): readonly PracticeRoute[] {
  return [
    { method: "GET", path: "/v26.0/me/accounts", handle: forPeople(listPages) },
    { method: "GET", path: "/v26.0/me/permissions", handle: forPeople(listPermissions) },
    {
      method: "GET",
      path: "/v26.0/:id",
      handle: (request, network) =>
        personOf(network, request.token)
          ? forPeople(readNode)(request, network)
          : pageNode.handle(request, network),
    },
  ];
}

type Handle = (person: Person, request: PracticeRequest, network: PracticeNetwork) => unknown;

function forPeople(handle: Handle) {
  return (request: PracticeRequest, network: PracticeNetwork): PracticeReply =>
    orRefusal(() => {
      const person = personOf(network, request.token);
      if (!person)
        throw new GraphRefusal(
          100,
          "(#100) Tried accessing nonexisting field (accounts) on node type (Page)",
        );
      return handle(person, request, network);
    });
}

function listPages(person: Person, request: PracticeRequest, network: PracticeNetwork): unknown {
  const { query, token = "" } = request;
  if (!issued(network, token)?.login.scopes.includes("pages_show_list"))
    throw withoutPermission("pages", "pages_show_list");
  const start = Number(query.get("after") ?? 0);
  const end = start + Math.min(perAnswer, Number(query.get("limit") ?? perAnswer));
  const roles = rolesOf(network, person);
  return {
    data: roles
      .slice(start, end)
      .map((role) => select(pageNode(role, token, network), "Page", query.get("fields") ?? "id,name")),
    paging: {
      cursors: { before: String(start), after: String(end) },
      ...(end < roles.length && { next: `${network.baseUrl}/v26.0/me/accounts?after=${end}` }),
    },
  };
}

function listPermissions(
  _person: Person,
  { token = "" }: PracticeRequest,
  network: PracticeNetwork,
): unknown {
  const scopes = issued(network, token)?.login.scopes ?? [];
  return { data: ["public_profile", ...scopes].map((permission) => ({ permission, status: "granted" })) };
}

/** The person, or a page they have a role on. */
function readNode(person: Person, request: PracticeRequest, network: PracticeNetwork): unknown {
  const { params, query, token = "" } = request;
  const fields = query.get("fields") ?? "id,name";
  const { id = "" } = params;
  if (id === "me" || id === person.id) return select({ id: person.id, name: person.handle }, "User", fields);
  const role = rolesOf(network, person).find(({ pageId }) => pageId === id);
  if (!role) throw notFound(id);
  return select(pageNode(role, token, network), "Page", fields);
}

/** Its token is made only when asked for, dies with the login, and has no end of its own when the login's is a long one. */
function pageNode({ pageId, tasks }: Role, personToken: string, network: PracticeNetwork) {
  const account = network.collection<{ handle: string; name: string }>("accounts").get(pageId);
  const handle = account?.handle ?? "";
  return {
    id: pageId,
    name: account?.name,
    username: handle,
    tasks,
    access_token() {
      const { accessToken = "" } = registerAccount(network, handle, "pageId").credentials;
      const from = issued(network, personToken);
      if (from)
        bindToken(network, accessToken, from.loginId, from.secondsLeft > 7200 ? null : from.secondsLeft);
      return accessToken;
    },
  };
}
