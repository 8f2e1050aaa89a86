import type { Hosts } from "./adapter.ts";

/** How a platform tells us that an account has posted. It is a doorbell: the account is then read as usual. */
export interface Push {
  /** The feed of an account, and the hub that tells of what is new in it (WebSub); undefined: there is none. Pure. */
  hub?(externalId: string, hosts: Hosts): { readonly hub: string; readonly topic: string } | undefined;
  /** Calls that the platform makes to `/hooks/<platform>` for all accounts of our app. */
  readonly webhook?: Webhook;
}

export interface Webhook {
  /** Holds `sha256=` and, in hex, the HMAC of the body under the app's secret. */
  readonly signatureHeader: string;
  /** The `externalId`s of the accounts that may have posted, each of a shape the platform gives. Pure; takes any JSON. */
  accountsIn(body: unknown): readonly string[];
}
