import type { Call } from "../contract/adapter.ts";
import type { AppCredentials, LinkableIdentity } from "../contract/oauth.ts";
import { PublishError } from "../contract/publish-error.ts";
import { type Page, request } from "./api.ts";

interface OwnPage extends Page {
  /** Left out where the person has no role there. */
  readonly access_token?: string;
  /** What the person may do there. */
  readonly tasks?: readonly string[];
}

interface Listing {
  readonly data?: readonly OwnPage[];
  readonly paging?: { readonly cursors?: { readonly after?: string }; readonly next?: string };
}

type PersonCall = Pick<
  Call<{ readonly accessToken: string }>,
  "credentials" | "baseUrl" | "fetch" | "signal"
>;

const fields = "id,name,username,access_token";
const perRequest = 100;
const mostRequests = 5;
const mostGranted = 25;

// Pages of the new experience say the same with a prefix. https://developers.facebook.com/docs/pages-api/overview#tasks (checked 2026-11)
const postingTasks = ["CREATE_CONTENT", "PROFILE_PLUS_CREATE_CONTENT", "PROFILE_PLUS_FULL_CONTROL"];

/**
 * The pages a person may post to, each with a token of its own.
 * https://developers.facebook.com/docs/graph-api/reference/user/accounts (checked 2026-11)
 */
export async function pagesOf(call: Call<never>, app: AppCredentials): Promise<LinkableIdentity[]> {
  const listed = await listedPages(call);
  const pages = listed.length > 0 ? listed.filter(mayPost) : await grantedPages(call, app);
  return pages.flatMap(({ id, name, username, access_token: accessToken }) =>
    accessToken === undefined
      ? []
      : [{ externalId: id, handle: username ?? id, name, credentials: { accessToken, pageId: id } }],
  );
}

function mayPost({ tasks }: OwnPage): boolean {
  return tasks?.some((task) => postingTasks.includes(task)) ?? false;
}

/** There may be fewer in an answer than asked for: only a missing `next` is the end. */
async function listedPages(call: PersonCall): Promise<OwnPage[]> {
  const pages: OwnPage[] = [];
  let after: string | undefined;
  for (let round = 0; round < mostRequests; round++) {
    const { data = [], paging } = await request<Listing>(call, {
      method: "GET",
      path: "me/accounts",
      query: { fields: `${fields},tasks`, limit: String(perRequest), ...(after && { after }) },
    });
    pages.push(...data);
    after = paging?.cursors?.after;
    if (paging?.next === undefined || after === undefined) break;
  }
  return pages;
}

/**
 * The list is empty where pages belong to a business that the person has no role in, though they chose them in the
 * login: on no page of Meta's, known from production (checked 2026-11). What they chose stands in the token.
 * https://developers.facebook.com/docs/graph-api/reference/debug_token (checked 2026-11)
 */
async function grantedPages(call: PersonCall, app: AppCredentials): Promise<OwnPage[]> {
  const ofApp = { accessToken: `${app.clientId}|${app.clientSecret}` };
  const { data } = await request<{ data?: { granular_scopes?: readonly Granted[] } }>(
    { ...call, credentials: ofApp },
    { method: "GET", path: "debug_token", query: { input_token: call.credentials.accessToken } },
  );
  const chosen = data?.granular_scopes?.find(({ scope }) => scope === "pages_manage_posts")?.target_ids ?? [];
  const pages: OwnPage[] = [];
  for (const id of chosen.slice(0, mostGranted)) pages.push(...(await pageOf(String(id), call)));
  return pages;
}

interface Granted {
  readonly scope?: string;
  /** Absent: all there are. */
  readonly target_ids?: readonly string[];
}

/** Nothing where it is gone, or hidden from this person. */
async function pageOf(path: string, call: PersonCall): Promise<OwnPage[]> {
  try {
    return [await request<OwnPage>(call, { method: "GET", path, query: { fields } })];
  } catch (error) {
    if (error instanceof PublishError && (error.kind === "invalid" || error.kind === "forbidden")) return [];
    throw error;
  }
}
