import { isUrl } from "../../domain/is-url.ts";
import type { Identity } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { requestAt, requestEntity, type WordPressCall } from "./api.ts";

interface User {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly capabilities?: Readonly<Record<string, boolean>>;
}

/**
 * Who the application password speaks for, with the site in the handle.
 * https://developer.wordpress.org/rest-api/reference/users/#retrieve-the-current-user (checked 2026-11)
 * @throws PublishError `forbidden` for a user who may write but not publish
 */
export async function identify(call: WordPressCall): Promise<Identity> {
  const path = "/users/me?context=edit&_fields=id,username,name,capabilities";
  const me = await requestEntity<User>(call, path);
  if (me.capabilities?.publish_posts !== true)
    throw new PublishError(
      "forbidden",
      "This WordPress user may not publish posts. Ask an administrator of the site for the role Author or Editor",
      { code: "may_not_publish" },
    );
  return {
    externalId: String(me.id),
    handle: `${me.username}@${await site(call)}`,
    name: me.name || me.username,
  };
}

/** What the site calls itself, where we may reach it by another name. */
async function site(call: WordPressCall): Promise<string> {
  const fallback = place(call.baseUrl.web);
  try {
    const index = (await (await requestAt(call, "/wp-json/?_fields=home")).json()) as { home?: unknown };
    return typeof index.home === "string" && isUrl(index.home) ? place(index.home) : fallback;
  } catch {
    return fallback;
  }
}

function place(address: string): string {
  const { host, pathname } = new URL(address);
  return `${host}${pathname}`.replace(/\/+$/, "");
}
