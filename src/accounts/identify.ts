import { z } from "zod";
import type { Adapter, Call, Fetch, Hosts, Identity, MediaAccess } from "../adapters/contract/adapter.ts";
import { PublishError } from "../adapters/contract/publish-error.ts";
import { Refusal } from "../domain/refusal.ts";
import type { Credentials } from "./credentials.ts";

const timeoutMs = 15_000;

// What a platform says of itself is shown to people and kept: it is checked like any other stranger's input.
const identity = z.object({
  externalId: z.string().min(1).max(255),
  handle: z.string().min(1).max(255),
  name: z.string().max(255).catch(""),
});

/**
 * Asks the platform who these credentials speak for.
 * @throws Refusal `credentials_refused`, `url_refused`, `platform_unavailable`
 */
export async function identify(
  world: { readonly fetch: Fetch },
  adapter: Adapter<never>,
  baseUrl: Hosts,
  credentials: Credentials,
): Promise<Identity> {
  try {
    const answer = await adapter.auth.identify({
      credentials: credentials as never,
      account: { externalId: "", handle: "" },
      baseUrl,
      fetch: world.fetch,
      firstMessage: nobodyListens,
      now: () => new Date(),
      signal: AbortSignal.timeout(timeoutMs),
      media: noMedia,
    });
    const { externalId, handle, name } = identity.parse(answer);
    return { externalId, handle, name: name || handle };
  } catch (error) {
    throw toRefusal(error, adapter.displayName);
  }
}

export const nobodyListens: Call<never>["firstMessage"] = () =>
  Promise.reject(new Error("Nobody listens while an account is linked"));

export const noMedia: MediaAccess = {
  open: () => Promise.reject(new Error("There is no media while an account is linked")),
  publicUrl: () => "",
};

/** Only the adapters' own words are shown; anything else may quote the request. */
function toRefusal(error: unknown, platformName: string): Refusal {
  if (!(error instanceof PublishError))
    return new Refusal("platform_unavailable", `${platformName} gave an answer we do not understand.`);
  if (error.detail.code === "CLARION_ADDRESS_REFUSED") return addressRefused("/baseUrl");
  switch (error.kind) {
    case "unauthorized":
    case "forbidden":
    case "invalid":
      return new Refusal("credentials_refused", error.message);
    case "rate_limited":
    case "unavailable":
    case "indeterminate":
      return new Refusal("platform_unavailable", error.message);
    default:
      return error.kind satisfies never;
  }
}

/** @param pointer where the request named the address; undefined: it did not */
export function addressRefused(pointer: string | undefined): Refusal {
  const message = "is not a public address, and the operator has not allowed it (ALLOWED_PRIVATE_HOSTS)";
  const issues = pointer === undefined ? [] : [{ pointer, code: "url_refused", message }];
  return new Refusal("url_refused", `The server's address ${message}.`, { issues });
}
