import type { Identity } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { type LinkedInCall, readObject, request, unreadable } from "./request.ts";

/** The member whose login it is, by whichever of two ways the app was given. */
export async function readMember(call: LinkedInCall): Promise<Identity> {
  try {
    return await byOpenId(call);
  } catch (error) {
    if (!isForbidden(error)) throw error;
    return await byProfile(call);
  }
}

export function isForbidden(error: unknown): boolean {
  return error instanceof PublishError && error.kind === "forbidden";
}

/** LinkedIn does not tell the name in a member's address: the name has to do. https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2 (checked 2026-11) */
async function byOpenId(call: LinkedInCall): Promise<Identity> {
  const response = await request(call, { method: "GET", path: "/v2/userinfo" });
  const { sub, name } = await readObject<{ sub?: unknown; name?: unknown }>(response);
  return member(sub, name, response.status);
}

/** With `r_basicprofile`. https://learn.microsoft.com/en-us/linkedin/shared/integrations/people/profile-api (checked 2026-11) */
async function byProfile(call: LinkedInCall): Promise<Identity> {
  const response = await request(call, { method: "GET", path: "/v2/me" });
  const me = await readObject<Record<"id" | "localizedFirstName" | "localizedLastName", unknown>>(response);
  const names = [me.localizedFirstName, me.localizedLastName].filter((name) => typeof name === "string");
  return member(me.id, names.join(" ").trim(), response.status);
}

/** Both name the same id: the one that is in the member's URN. */
function member(id: unknown, name: unknown, status: number): Identity {
  if (typeof id !== "string" || id === "") throw unreadable(status);
  const known = typeof name === "string" && name !== "" ? name : id;
  return { externalId: `urn:li:person:${id}`, handle: known, name: known };
}
