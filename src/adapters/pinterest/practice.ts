import { randomBytes, randomInt } from "node:crypto";
import type { PracticeNetwork, PracticePlatform, PracticeReply, PracticeRoute } from "../../practice/kit.ts";
import { accountsOf, guarded, limitHeaders, type PracticeAccount, tokensOf } from "./practice-access.ts";
import { makeBoards } from "./practice-boards.ts";
import { createPin, textOf } from "./practice-create.ts";
import { look } from "./practice-look.ts";
import { deletePin, readAccount, readBoardPins, readBoards, readPin, readPins } from "./practice-read.ts";
import { tooMany, unauthorized } from "./practice-replies.ts";
import { signIn } from "./practice-sign-in.ts";
import { readVideo, receiveVideo, registerVideo } from "./practice-upload.ts";

/** Room for more pictures than the adapter sends, so that it is Pinterest that refuses the one too many. */
const maxPinBytes = 64_000_000;

const routes: readonly PracticeRoute[] = [
  { method: "GET", path: "/v5/user_account", handle: guarded("org_read", readAccount) },
  { method: "GET", path: "/v5/boards", handle: guarded("org_read", readBoards) },
  { method: "GET", path: "/v5/boards/:board/pins", handle: guarded("org_read", readBoardPins) },
  {
    method: "POST",
    path: "/v5/pins",
    maxJsonBytes: maxPinBytes,
    publishes: () => true,
    async handle(request, network) {
      const reply = await guarded("org_write", createPin)(request, network);
      if (reply.status !== 201) network.refuse(textOf(request), reasonOf(reply));
      return reply;
    },
  },
  { method: "GET", path: "/v5/pins", handle: guarded("org_read", readPins) },
  { method: "GET", path: "/v5/pins/:pin", handle: guarded("org_read", readPin) },
  { method: "DELETE", path: "/v5/pins/:pin", handle: guarded("org_write", deletePin) },
  { method: "POST", path: "/v5/media", handle: guarded("org_write", registerVideo) },
  { method: "GET", path: "/v5/media/:media", handle: guarded("org_read", readVideo) },
  { method: "POST", path: "/media-upload", handle: receiveVideo },
  {
    method: "GET",
    path: "/pin/:pin",
    handle: ({ params }, { baseUrl }) => ({
      status: 302,
      headers: { location: `${baseUrl}/posts/${encodeURIComponent(params.pin ?? "")}` },
    }),
  },
];

/** Pinterest's API v5 as far as the adapter uses it. */
export const practice: PracticePlatform = {
  platform: "pinterest",
  look,
  register,
  signIn,
  routes,
  unauthorized,
  rateLimited: (resetAt, now) =>
    tooMany(limitHeaders("org_write", 0, resetAt && resetAt.getTime() - now.getTime())),
};

function register(network: PracticeNetwork, handle: string) {
  const accounts = accountsOf(network);
  const known = accounts.list().find(([, { username }]) => username === handle)?.[1];
  const account: PracticeAccount = known ?? {
    id: String(randomInt(1e12, 1e14)),
    username: handle,
    name: nameFrom(handle),
  };
  if (!known) {
    accounts.put(account.id, account);
    makeBoards(account.id, network);
  }
  const accessToken = `pina_${randomBytes(32).toString("base64url")}`;
  tokensOf(network).put(accessToken, account.id);
  return { externalId: account.id, handle, name: account.name, credentials: { accessToken } };
}

/** `water_for_all` → `Water For All` */
function nameFrom(handle: string): string {
  return handle
    .split("_")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(" ");
}

function reasonOf({ status, body }: PracticeReply): string {
  return `${status}: ${(body as { message?: string } | undefined)?.message ?? "refused"}`;
}
