import type { Identity } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { findRecord } from "./api.ts";
import { type BlueskyCall, provenSession } from "./session.ts";

/** Who the app password speaks for. Asks for a new session every time: one that lives on says nothing about the password. */
export async function identify(call: BlueskyCall): Promise<Identity> {
  const { did, handle, active } = await provenSession(call);
  if (!active)
    throw new PublishError(
      "forbidden",
      "This account is not active on this Bluesky server: reactivate it, or connect it at the server where it is now",
      { code: "AccountDeactivated" },
    );
  const place = { repo: did, collection: "app.bsky.actor.profile", rkey: "self" };
  const name = (await findRecord(call, place))?.value.displayName;
  return { externalId: did, handle, name: typeof name === "string" && name !== "" ? name : handle };
}
