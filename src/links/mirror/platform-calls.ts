import { createHash, timingSafeEqual } from "node:crypto";
import type { Webhook } from "../../adapters/contract/push.ts";
import { ringAccounts } from "../../db/push.ts";
import type { Platform } from "../../domain/platform.ts";
import { Refusal } from "../../domain/refusal.ts";
import { verifies } from "../../feeds/web-sub.ts";
import type { World } from "../../publishing/world.ts";

/** Calls of a platform as they are taken here. */
export interface PlatformCalls {
  readonly signatureHeader: string;
  /** What the operator enters at the platform. It opens nothing: calls are signed with the app's secret. */
  readonly verifyToken: string;
  /** Whether the platform was given this token by us, under any SECRET_KEY that is still known. */
  isVerifyToken(token: string): boolean;
  /**
   * Accounts that the platform names are read at once. Nothing else is taken from what it sends.
   * @param body as it came
   * @throws Refusal `unauthorized` where it is not signed with the app's secret
   */
  hear(body: Uint8Array, signature: string | undefined): Promise<void>;
}

/** @throws Refusal `not_found` where the platform calls nobody, or the operator has set no app */
export function platformCalls(world: World, platform: Platform): PlatformCalls {
  const webhook = world.adapters[platform].push?.webhook;
  const app = world.appOf(platform, "live");
  if (!webhook || !app) throw new Refusal("not_found", "This platform does not call here.");
  const tokens = world.pushSecretsOf(`webhook/${platform}`);
  return {
    signatureHeader: webhook.signatureHeader,
    verifyToken: tokens[0] ?? "",
    isVerifyToken: (given) => tokens.some((token) => timingSafeEqual(hash(token), hash(given))),
    async hear(body, signature) {
      if (!signature?.startsWith("sha256=") || !verifies(app.clientSecret, body, signature))
        throw new Refusal("unauthorized", "This is not signed with the secret of the app that is set here.");
      const accounts = accountsIn(webhook, body);
      if (accounts.length > 0) await ringAccounts(world.db, platform, accounts);
    },
  };
}

function accountsIn(webhook: Webhook, body: Uint8Array): readonly string[] {
  try {
    return webhook.accountsIn(JSON.parse(Buffer.from(body).toString("utf8")));
  } catch {
    return [];
  }
}

function hash(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
