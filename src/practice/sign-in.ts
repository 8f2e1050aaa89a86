import { signInPage } from "./authorize-page.ts";
import type {
  PracticeNetwork,
  PracticePlatform,
  PracticeReply,
  PracticeRequest,
  PracticeRoute,
  PracticeSignIn,
} from "./kit.ts";
import { codes, hashed, newSecret } from "./sign-in-store.ts";
import { tokenRoutes } from "./token-endpoint.ts";

/** The app that this network's operator registered, and where people may be sent back to. */
export interface RegisteredApp {
  readonly clientId: string;
  readonly clientSecret: string;
  /** `<origin>/oauth/<platform>/callback` is its one redirect address. */
  readonly origin: string;
}

interface Asked {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly state: string;
  readonly challenge: string | null;
  readonly scopes: readonly string[];
}

/** The pages and endpoints by which a person lets an app in, as this platform has them. */
export function signInRoutes(practice: PracticePlatform, app: RegisteredApp): readonly PracticeRoute[] {
  const { signIn } = practice;
  if (!signIn) return [];
  const secretOf = (network: PracticeNetwork, clientId: string, redirectUri: string) =>
    clientId === app.clientId && redirectUri === `${app.origin}/oauth/${practice.platform}/callback`
      ? app.clientSecret
      : signIn.knowsApp?.(network, clientId, redirectUri);
  const read = (query: URLSearchParams, network: PracticeNetwork) =>
    readAsked(signIn, query, {
      isKnown: (id, uri) => secretOf(network, id, uri) !== undefined,
      scopesOf: (id) => signIn.scopesOf?.(network, id) ?? signIn.scopes,
    });
  return [
    {
      method: "GET",
      path: signIn.authorizePath,
      handle: ({ query }, network) => {
        const asked = read(query, network);
        if ("status" in asked) return asked;
        return signInPage(practice.platform, handlesOf(network), asked.scopes, asked.redirectUri);
      },
    },
    {
      method: "POST",
      path: signIn.authorizePath,
      handle: (request, network) => {
        const asked = read(request.query, network);
        if ("status" in asked) return asked;
        return decide(signIn, asked, request, network);
      },
    },
    ...tokenRoutes(practice, signIn, secretOf),
    ...(signIn.routes?.(app) ?? []),
  ];
}

/** A wrong app or address is told on a page of ours: nobody may be sent to a place the app did not register. */
function readAsked(
  signIn: PracticeSignIn,
  query: URLSearchParams,
  apps: {
    isKnown(clientId: string, redirectUri: string): boolean;
    scopesOf(clientId: string): readonly string[];
  },
): Asked | PracticeReply {
  const given = (name: string) => query.get(name) ?? "";
  const [clientId, redirectUri, state] = [given("client_id"), given("redirect_uri"), given("state")];
  if (!apps.isKnown(clientId, redirectUri))
    return { status: 400, body: "The app is not known here, or the redirect address is not one of its own." };
  const scopes = given("scope")
    .split(signIn.scopeSeparator ?? " ")
    .filter(Boolean);
  const back = (error: string) => sendBack(redirectUri, { error: inOwnWords(signIn, error), state });
  if (given("response_type") !== "code") return back("unsupported_response_type");
  if (state === "") return back("invalid_request");
  if (scopes.length === 0 || scopes.some((scope) => !apps.scopesOf(clientId).includes(scope)))
    return back("invalid_scope");
  const challenge = given("code_challenge");
  if (signIn.pkce === "required" && challenge === "") return back("invalid_request");
  if (signIn.pkce !== "none" && challenge !== "" && given("code_challenge_method") !== "S256")
    return back("invalid_request");
  return {
    clientId,
    redirectUri,
    state,
    scopes,
    challenge: signIn.pkce === "none" ? null : challenge || null,
  };
}

function decide(
  signIn: PracticeSignIn,
  asked: Asked,
  { fields }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const { clientId, redirectUri, state, challenge, scopes } = asked;
  const handle = (fields.handle ?? "").trim().replace(/^@/, "");
  const back = (params: Readonly<Record<string, string>>) => sendBack(redirectUri, params, signIn.fragment);
  if (fields.answer !== "allow")
    return back({ error: inOwnWords(signIn, "access_denied"), ...signIn.denial, state });
  if (!/^\w{1,30}$/.test(handle)) return { status: 400, body: "A name has letters, digits and _ only." };
  const people = network.collection<string>("oauth people");
  if (!people.get(handle)) people.put(handle, handle);
  const code = newSecret();
  const expiresAt = new Date(+network.now() + signIn.codeSeconds * 1000).toISOString();
  codes(network).put(hashed(code), {
    clientId,
    redirectUri,
    challenge,
    handle,
    scopes,
    expiresAt,
    login: null,
  });
  return back({ code, state });
}

function handlesOf(network: PracticeNetwork): readonly string[] {
  return [
    ...new Set([
      "demo",
      ...network
        .collection<string>("oauth people")
        .list()
        .map(([, handle]) => handle),
    ]),
  ];
}

function inOwnWords({ authorizeErrors }: PracticeSignIn, error: string): string {
  return authorizeErrors?.[error] ?? error;
}

function sendBack(
  redirectUri: string,
  params: Readonly<Record<string, string>>,
  fragment = "",
): PracticeReply {
  const url = new URL(redirectUri);
  url.hash = fragment;
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
  return { status: 302, headers: { location: url.href, "cache-control": "no-store" } };
}
