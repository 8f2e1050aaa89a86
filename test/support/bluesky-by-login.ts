import { createHash, generateKeyPairSync } from "node:crypto";
import { practice } from "../../src/adapters/bluesky/practice.ts";
import { hashed, issueTokens, openLogin } from "../../src/adapters/bluesky/practice-login.ts";
import { accountFor } from "../../src/adapters/bluesky/practice-state.ts";
import type { PracticePlatform } from "../../src/practice/kit.ts";

/** The pretend Bluesky, whose people are linked by a login instead of an app password. */
export const blueskyByLogin: PracticePlatform = {
  ...practice,
  register(network, given) {
    const { did, handle, name } = accountFor(given, network);
    const key = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
    const { crv, kty, x, y } = key;
    const jkt = createHash("sha256").update(JSON.stringify({ crv, kty, x, y })).digest("base64url");
    const scope = "atproto transition:generic";
    const login = openLogin(network, { clientId: "http://localhost", did, scope, jkt }, "private_key_jwt");
    const tokens = issueTokens(network, login);
    // The engine renews what ends. Here nobody does, so this one lasts.
    network
      .collection("login tokens")
      .put(hashed(String(tokens.access_token)), { login, expiresAtMs: Number.MAX_SAFE_INTEGER });
    const credentials = {
      accessToken: String(tokens.access_token),
      refreshToken: String(tokens.refresh_token),
      did,
      issuer: new URL(network.baseUrl).origin,
      server: network.baseUrl,
      dpopKey: JSON.stringify(key),
    };
    return { externalId: did, handle, name, credentials };
  },
};
