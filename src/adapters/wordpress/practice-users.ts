import { randomBytes } from "node:crypto";
import type {
  PracticeNetwork,
  PracticePlatform,
  PracticeReply,
  PracticeRequest,
} from "../../practice/kit.ts";
import { nextId, picked, problem } from "./practice-replies.ts";

export interface User {
  readonly id: number;
  readonly username: string;
  readonly name: string;
}

const site = "wordpress.example";

/** Authors of one site: they publish and delete their own posts, and nobody else's. */
export function register(network: PracticeNetwork, handle: string): ReturnType<PracticePlatform["register"]> {
  const username = handle.split("@")[0]?.replace(/\W/g, "_") || "someone";
  const users = network.collection<User>("users");
  const known = users.list().find(([, user]) => user.username === username)?.[1];
  const user = known ?? { id: nextId(network, "user"), username, name: displayName(username) };
  if (!known) users.put(String(user.id), user);
  const applicationPassword = newPassword();
  network.collection<number>("passwords").put(keyOf(username, applicationPassword), user.id);
  return {
    externalId: String(user.id),
    handle: `${username}@${site}`,
    name: user.name,
    credentials: { username, applicationPassword },
  };
}

type Handler = (
  request: PracticeRequest,
  network: PracticeNetwork,
  user: User,
) => PracticeReply | Promise<PracticeReply>;

export function signedIn(
  handler: Handler,
): (request: PracticeRequest, network: PracticeNetwork) => PracticeReply | Promise<PracticeReply> {
  return (request, network) => {
    const given = credentialsIn(request);
    if (!given) return problem(401, "rest_not_logged_in", "You are not currently logged in.");
    const id = network.collection<number>("passwords").get(keyOf(...given));
    const user = id === undefined ? undefined : network.collection<User>("users").get(String(id));
    return user ? handler(request, network, user) : unauthorized();
  };
}

export function unauthorized(): PracticeReply {
  return problem(401, "incorrect_password", "The provided password is an invalid application password.");
}

// https://developer.wordpress.org/rest-api/reference/users/#retrieve-the-current-user (checked 2026-11)
export function currentUser(request: PracticeRequest, network: PracticeNetwork, user: User): PracticeReply {
  const { id, username, name } = user;
  const link = `${network.baseUrl}/@${username}`;
  const open = { id, name, url: "", description: "", link, slug: username };
  const capabilities = Object.fromEntries(
    [
      "read",
      "edit_posts",
      "edit_published_posts",
      "publish_posts",
      "delete_posts",
      "delete_published_posts",
      "upload_files",
      "author",
    ].map((name) => [name, true]),
  );
  const mine = { username, roles: ["author"], capabilities, locale: "en_US" };
  const isEdit = request.query.get("context") === "edit";
  return { status: 200, body: picked({ ...open, ...(isEdit && mine) }, request) };
}

// https://developer.wordpress.org/rest-api/using-the-rest-api/discovery/ (checked 2026-11)
export function siteIndex(request: PracticeRequest): PracticeReply {
  const body = {
    name: "WordPress on the practice network",
    description: "Practice as you would post.",
    url: `https://${site}`,
    home: `https://${site}`,
    gmt_offset: "0",
    namespaces: ["oembed/1.0", "wp/v2"],
    authentication: {
      "application-passwords": {
        endpoints: { authorization: `https://${site}/wp-admin/authorize-application.php` },
      },
    },
  };
  return { status: 200, body: picked(body, request) };
}

function credentialsIn({ headers }: PracticeRequest): [username: string, password: string] | undefined {
  const [, encoded] = /^Basic +(\S+)$/i.exec(headers.authorization ?? "") ?? [];
  if (encoded === undefined) return undefined;
  const decoded = Buffer.from(encoded, "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  return colon < 0 ? undefined : [decoded.slice(0, colon), decoded.slice(colon + 1)];
}

/** Blanks are for the eye only. */
function keyOf(username: string, password: string): string {
  return `${username} ${password.replace(/[^a-z\d]/gi, "")}`;
}

/** 24 letters and figures in groups of four, as WordPress shows them. */
function newPassword(): string {
  const letters = randomBytes(12).toString("hex");
  return letters.replace(/.{4}(?=.)/g, "$& ");
}

function displayName(username: string): string {
  return username
    .split("_")
    .filter(Boolean)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}
