import type { PracticeNetwork, PracticeReply, PracticeRoute } from "../../practice/kit.ts";
import { decide, pushRequest, showPage } from "./practice-authorize.ts";
import { nextNonce } from "./practice-dpop.ts";
import { accountNamed, didDocumentOf } from "./practice-state.ts";
import { revoke, token } from "./practice-token.ts";

const authorizePath = "/oauth/authorize";

/** How people log in, and apps get tokens: a server as anybody may run it. https://atproto.com/specs/oauth (checked 2026-11) */
export const loginRoutes: readonly PracticeRoute[] = [
  { method: "POST", path: "/oauth/par", handle: withNonce(pushRequest) },
  { method: "GET", path: authorizePath, handle: showPage },
  { method: "POST", path: authorizePath, handle: decide },
  { method: "POST", path: "/oauth/token", handle: withNonce(token) },
  { method: "POST", path: "/oauth/revoke", handle: withNonce(revoke) },
];

/** What is at the root of a server, and of the directory of identities. */
export const metadataRoutes: readonly PracticeRoute[] = [
  { method: "GET", path: "/.well-known/oauth-protected-resource", handle: ofResource },
  { method: "GET", path: "/.well-known/oauth-authorization-server", handle: ofServer },
  {
    method: "GET",
    path: "/did%3Aplc%3A:id",
    handle: ({ params }, network) => {
      const account = accountNamed(`did:plc:${params.id}`, network);
      return account
        ? { status: 200, body: didDocumentOf(account, network) }
        : { status: 404, body: { message: `DID not registered: did:plc:${params.id}` } };
    },
  },
];

function withNonce(handle: PracticeRoute["handle"]): PracticeRoute["handle"] {
  return async (request, network) => {
    const reply = await handle(request, network);
    return { ...reply, headers: { ...reply.headers, "dpop-nonce": nextNonce(network) } };
  };
}

function ofResource(_request: unknown, { baseUrl }: PracticeNetwork): PracticeReply {
  const { origin } = new URL(baseUrl);
  return { status: 200, body: { resource: origin, authorization_servers: [origin] } };
}

function ofServer(_request: unknown, { baseUrl }: PracticeNetwork): PracticeReply {
  return {
    status: 200,
    body: {
      issuer: new URL(baseUrl).origin,
      authorization_endpoint: baseUrl + authorizePath,
      pushed_authorization_request_endpoint: `${baseUrl}/oauth/par`,
      token_endpoint: `${baseUrl}/oauth/token`,
      revocation_endpoint: `${baseUrl}/oauth/revoke`,
      require_pushed_authorization_requests: true,
      response_types_supported: ["code"],
      response_modes_supported: ["query"],
      grant_types_supported: ["authorization_code", "refresh_token"],
      code_challenge_methods_supported: ["S256"],
      token_endpoint_auth_methods_supported: ["none", "private_key_jwt"],
      token_endpoint_auth_signing_alg_values_supported: ["ES256"],
      dpop_signing_alg_values_supported: ["ES256"],
      scopes_supported: ["atproto", "transition:generic"],
      subject_types_supported: ["public"],
      authorization_response_iss_parameter_supported: true,
      client_id_metadata_document_supported: true,
    },
  };
}
