import { createHash } from "node:crypto";
import type {
  PracticeNetwork,
  PracticePlatform,
  PracticeReply,
  PracticeRequest,
  PracticeRoute,
  PracticeSignIn,
} from "./kit.ts";
import {
  codes,
  hashed,
  issueTokens,
  loginOf,
  loginOfAny,
  logins,
  newSecret,
  revokeLogin,
} from "./sign-in-store.ts";

type SecretOf = (network: PracticeNetwork, clientId: string, redirectUri: string) => string | undefined;

/** Trading codes and refresh tokens for access tokens, and giving tokens back. */
export function tokenRoutes(
  practice: PracticePlatform,
  signIn: PracticeSignIn,
  secretOf: SecretOf,
): readonly PracticeRoute[] {
  const refusal =
    signIn.tokenRefusal ?? ((error) => ({ status: error === "invalid_client" ? 401 : 400, body: { error } }));
  const answer = (loginId: string, network: PracticeNetwork): PracticeReply => {
    const body = issueTokens(practice, signIn, network, loginId);
    return {
      status: 200,
      headers: { "cache-control": "no-store" },
      body: signIn.tokenBody?.(body, network) ?? body,
    };
  };
  const token = (request: PracticeRequest, network: PracticeNetwork): PracticeReply => {
    const { grant_type: grantType } = request.fields;
    if (grantType === "client_credentials" && signIn.appToken) {
      const { clientId, clientSecret } = appOf(signIn, request);
      const appToken = signIn.appToken(network, clientId, clientSecret);
      if (appToken === undefined) return refusal("invalid_client", false);
      return { status: 200, body: { access_token: appToken, token_type: "bearer" } };
    }
    const found =
      grantType === "refresh_token"
        ? byRefresh(signIn, request, network, secretOf)
        : byCode(signIn, request, network, secretOf);
    return "error" in found ? refusal(found.error, found.misfit ?? false) : answer(found.login, network);
  };
  const revoke = (request: PracticeRequest, network: PracticeNetwork): PracticeReply => {
    const login = loginOfAny(network, request.fields.token ?? "");
    if (login === undefined) return { status: 200, body: {} };
    if (signIn.revokeRefusal && !isAppOf(signIn, login, request, network, secretOf))
      return signIn.revokeRefusal;
    revokeLogin(network, login);
    return { status: 200, body: {} };
  };
  return [
    { method: "POST", path: signIn.tokenPath, handle: token },
    ...(signIn.revokePath === undefined
      ? []
      : [{ method: "POST", path: signIn.revokePath, handle: revoke } as const]),
  ];
}

type Found = { readonly login: string } | { readonly error: string; readonly misfit?: boolean };

/** A code is good once, for its app, address and verifier; used twice it takes its tokens along (RFC 6749, 4.1.2). */
function byCode(
  signIn: PracticeSignIn,
  request: PracticeRequest,
  network: PracticeNetwork,
  secretOf: SecretOf,
): Found {
  const { grant_type: grantType, code: given = "", redirect_uri: redirectUri = "" } = request.fields;
  if (grantType !== "authorization_code") return { error: "unsupported_grant_type" };
  const { clientId, clientSecret } = appOf(signIn, request);
  const id = hashed(given);
  const code = codes(network).get(id);
  if (clientId === "" || secretOf(network, clientId, code?.redirectUri ?? redirectUri) !== clientSecret)
    return { error: "invalid_client" };
  if (code?.login) revokeLogin(network, code.login);
  if (!code || code.login) return { error: "invalid_grant" };
  const isFit =
    code.clientId === clientId &&
    code.redirectUri === redirectUri &&
    network.now().getTime() <= Date.parse(code.expiresAt) &&
    (code.challenge === null || code.challenge === challengeOf(request.fields.code_verifier ?? ""));
  if (!isFit) return { error: "invalid_grant", misfit: true };
  const login = newSecret();
  const { handle, scopes } = code;
  logins(network).put(login, { clientId, handle, scopes, refreshTokens: [], isRevoked: false });
  codes(network).put(id, { ...code, login });
  return { login };
}

function byRefresh(
  signIn: PracticeSignIn,
  request: PracticeRequest,
  network: PracticeNetwork,
  secretOf: SecretOf,
): Found {
  if (signIn.refresh === "none") return { error: "unsupported_grant_type" };
  const found = loginOf(network, request.fields.refresh_token ?? "");
  if (!found || (signIn.refresh === "rotates" && found.isOld)) return { error: "invalid_grant" };
  if (!isAppOf(signIn, found.id, request, network, secretOf)) return { error: "invalid_client" };
  return { login: found.id };
}

/** Whether a request comes from the app that a login went through. */
function isAppOf(
  signIn: PracticeSignIn,
  loginId: string,
  request: PracticeRequest,
  network: PracticeNetwork,
  secretOf: SecretOf,
): boolean {
  const { clientId, clientSecret } = appOf(signIn, request);
  const code = codes(network)
    .list()
    .find(([, { login }]) => login === loginId)?.[1];
  return (
    logins(network).get(loginId)?.clientId === clientId &&
    secretOf(network, clientId, code?.redirectUri ?? "") === clientSecret
  );
}

function appOf(signIn: PracticeSignIn, { headers, fields }: PracticeRequest) {
  if (signIn.clientAuth === "post")
    return { clientId: fields.client_id ?? "", clientSecret: fields.client_secret ?? "" };
  const encoded = /^Basic +([\w+/=]+)$/i.exec(headers.authorization ?? "")?.[1] ?? "";
  const [clientId = "", clientSecret = ""] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  return { clientId: decodeURIComponent(clientId), clientSecret: decodeURIComponent(clientSecret) };
}

function challengeOf(verifier: string): string {
  return createHash("sha256").update(verifier).digest("base64url");
}
