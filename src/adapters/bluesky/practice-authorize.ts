import { signInPage } from "../../practice/authorize-page.ts";
import type { PracticeNetwork, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { appOf } from "./practice-client.ts";
import { checkProof } from "./practice-dpop.ts";
import { hashed, newSecret } from "./practice-login.ts";
import { accountFor, accountsOf } from "./practice-state.ts";

/** What an app asks a person for. */
interface Asked {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly state: string;
  readonly scope: string;
  readonly challenge: string;
  readonly jkt: string;
  readonly hint: string;
}

/** What a person allowed, until the code is traded. */
export interface Code extends Asked {
  readonly did: string;
  readonly expiresAtMs: number;
  /** What it was traded for. */
  readonly login: string | null;
}

const prefix = "urn:ietf:params:oauth:request_uri:";
// As the servers of Bluesky have it: packages/oauth/oauth-provider/src/constants.ts of https://github.com/bluesky-social/atproto (checked 2026-11)
const requestSeconds = 5 * 60;
const scopes = new Set(["atproto", "transition:generic", "transition:email", "transition:chat.bsky"]);

const requestsOf = (network: PracticeNetwork) =>
  network.collection<Asked & { readonly expiresAtMs: number }>("login requests");
export const codesOf = (network: PracticeNetwork) => network.collection<Code>("login codes");

/** An app tells the server what it will ask for. https://www.rfc-editor.org/rfc/rfc9126 */
export async function pushRequest(
  request: PracticeRequest,
  network: PracticeNetwork,
): Promise<PracticeReply> {
  const { fields } = request;
  const proof = await checkProof(request, network);
  if ("error" in proof) return oauthError(proof.error, proof.description);
  const app = await appOf(fields, network);
  if (!app) return oauthError("invalid_client", "The client is not known, or did not prove itself");
  const { redirect_uri: redirectUri = "", scope = "", state = "", code_challenge: challenge = "" } = fields;
  if (!app.redirectUris.includes(redirectUri))
    return oauthError("invalid_request", "The redirect_uri is not one of the client's");
  if (fields.response_type !== "code") return oauthError("unsupported_response_type", "Only code is");
  if (challenge === "" || fields.code_challenge_method !== "S256")
    return oauthError("invalid_request", "A code_challenge of method S256 is required");
  if (state === "") return oauthError("invalid_request", "A state is required");
  const wanted = scope.split(" ");
  if (!wanted.includes("atproto") || !wanted.every((one) => scopes.has(one) && app.scopes.includes(one)))
    return oauthError("invalid_scope", "A scope is not known, or not the client's");
  const uri = prefix + newSecret("req");
  const { clientId } = app;
  const asked = { clientId, redirectUri, state, scope, challenge, jkt: proof.jkt };
  const expiresAtMs = network.now().getTime() + requestSeconds * 1000;
  requestsOf(network).put(uri, { ...asked, hint: fields.login_hint ?? "", expiresAtMs });
  return { status: 201, body: { request_uri: uri, expires_in: requestSeconds - 1 } };
}

export function showPage({ query }: PracticeRequest, network: PracticeNetwork): PracticeReply {
  const asked = askedIn(query, network);
  if (!asked) return unknownRequest;
  const people = accountsOf(network).list();
  const hinted = people.filter(([did, { handle }]) => asked.hint === did || asked.hint === handle);
  // The page knows no hyphens; here they are the same.
  const handles = [...hinted, ...people].map(([, { handle }]) => handle.split(".")[0]?.replaceAll("-", "_"));
  const shown = [...new Set([...handles, "demo"])].filter((one) => one !== undefined);
  return signInPage("bluesky", shown, asked.scope.split(" "), asked.redirectUri);
}

/** Once for each request. */
export function decide({ query, fields }: PracticeRequest, network: PracticeNetwork): PracticeReply {
  const asked = askedIn(query, network);
  if (!asked) return unknownRequest;
  const handle = (fields.handle ?? "").trim().replace(/^@/, "");
  const isAllowed = fields.answer === "allow";
  if (isAllowed && !/^\w{1,30}$/.test(handle))
    return { status: 400, body: "A name has letters, digits and _ only." };
  requestsOf(network).delete(query.get("request_uri") ?? "");
  if (!isAllowed) return sendBack(asked, { error: "access_denied" }, network);
  const code = newSecret("cod");
  const { did } = accountFor(handle, network);
  const expiresAtMs = network.now().getTime() + requestSeconds * 1000;
  codesOf(network).put(hashed(code), { ...asked, did, expiresAtMs, login: null });
  return sendBack(asked, { code }, network);
}

export function oauthError(error: string, description: string): PracticeReply {
  return { status: 400, body: { error, error_description: description } };
}

const unknownRequest: PracticeReply = {
  status: 400,
  body: "This login is not known here, was used before, or is too old. Start again where you came from.",
};

function askedIn(query: URLSearchParams, network: PracticeNetwork): Asked | undefined {
  const asked = requestsOf(network).get(query.get("request_uri") ?? "");
  const isGood = asked && asked.expiresAtMs > network.now().getTime();
  return isGood && asked.clientId === query.get("client_id") ? asked : undefined;
}

/** With the server's own name: https://www.rfc-editor.org/rfc/rfc9207 */
function sendBack(
  { redirectUri, state }: Asked,
  answer: Readonly<Record<string, string>>,
  { baseUrl }: PracticeNetwork,
): PracticeReply {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries({ iss: new URL(baseUrl).origin, state, ...answer }))
    url.searchParams.set(name, value);
  return { status: 302, headers: { location: url.href, "cache-control": "no-store" } };
}
