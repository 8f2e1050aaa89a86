import type { PracticeNetwork, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { codesOf, oauthError } from "./practice-authorize.ts";
import { type App, appOf } from "./practice-client.ts";
import { checkProof } from "./practice-dpop.ts";
import { endLogin, endLoginOf, hashed, issueTokens, openLogin, takeRefresh } from "./practice-login.ts";

/** Trades a code or a refresh token. https://atproto.com/specs/oauth#tokens-and-session-lifetime (checked 2026-11) */
export async function token(request: PracticeRequest, network: PracticeNetwork): Promise<PracticeReply> {
  const { fields } = request;
  const proof = await checkProof(request, network);
  if ("error" in proof) return oauthError(proof.error, proof.description);
  const app = await appOf(fields, network);
  if (!app) return oauthError("invalid_client", "The client is not known, or did not prove itself");
  switch (fields.grant_type) {
    case "authorization_code":
      return byCode(fields, app, proof.jkt, network);
    case "refresh_token":
      return byRefresh(fields, app, proof.jkt, network);
    default:
      return oauthError("unsupported_grant_type", "Codes and refresh tokens are traded here");
  }
}

/** Gives a login back. What is not known is not there any more. https://www.rfc-editor.org/rfc/rfc7009 */
export async function revoke(request: PracticeRequest, network: PracticeNetwork): Promise<PracticeReply> {
  const proof = await checkProof(request, network);
  if ("error" in proof) return oauthError(proof.error, proof.description);
  const app = await appOf(request.fields, network);
  if (!app) return oauthError("invalid_client", "The client is not known, or did not prove itself");
  endLoginOf(network, request.fields.token ?? "", app.clientId);
  return { status: 200, body: {} };
}

type Fields = PracticeRequest["fields"];

/** A code is good once, for its app, address, verifier and key; used twice it takes its tokens along. */
function byCode(fields: Fields, app: App, jkt: string, network: PracticeNetwork): PracticeReply {
  const id = hashed(fields.code ?? "");
  const code = codesOf(network).get(id);
  if (code?.login) endLogin(network, code.login);
  if (!code || code.login || code.expiresAtMs <= network.now().getTime())
    return oauthError("invalid_grant", "The code is not known, was used, or is too old");
  const { clientId, redirectUri, challenge } = code;
  if (clientId !== app.clientId || redirectUri !== fields.redirect_uri)
    return oauthError("invalid_grant", "The code is another client's, or was for another address");
  if (challenge !== hashed(fields.code_verifier ?? ""))
    return oauthError("invalid_grant", "Invalid code_verifier");
  if (code.jkt !== jkt) return oauthError("invalid_dpop_proof", "DPoP proof does not match the request's");
  const login = openLogin(network, code, app.authMethod);
  codesOf(network).put(id, { ...code, login });
  return issued(login, network);
}

function byRefresh(fields: Fields, app: App, jkt: string, network: PracticeNetwork): PracticeReply {
  const [id, login] = takeRefresh(network, fields.refresh_token ?? "") ?? [];
  if (!id || login?.clientId !== app.clientId)
    return oauthError("invalid_grant", "The refresh token is not known, was used, or is too old");
  if (login.jkt !== jkt) return oauthError("invalid_grant", "DPoP key mismatch");
  return issued(id, network);
}

function issued(login: string, network: PracticeNetwork): PracticeReply {
  return { status: 200, headers: { "cache-control": "no-store" }, body: issueTokens(network, login) };
}
