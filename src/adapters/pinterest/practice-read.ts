import type { PracticeNetwork, PracticePost, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import type { PracticeAccount } from "./practice-access.ts";
import { boardsOf, ownBoard, type PracticeBoard } from "./practice-boards.ts";
import { pinEntity } from "./practice-entities.ts";
import { invalid, notFound, problem } from "./practice-replies.ts";

const maxPageSize = 250;
const defaultPageSize = 25;

/** GET /v5/user_account */
export function readAccount({ id, username, name }: PracticeAccount): PracticeReply {
  return {
    status: 200,
    body: {
      id,
      username,
      account_type: "BUSINESS",
      business_name: name,
      about: "",
      website_url: "",
      follower_count: 0,
    },
  };
}

/** GET /v5/boards */
export function readBoards(
  account: PracticeAccount,
  { query }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const own = boardsOf(network)
    .list()
    .map(([, board]) => board)
    .filter(({ ownerId }) => ownerId === account.id);
  return paged(query, own, (board) => boardEntity(board, account, network));
}

/** GET /v5/boards/:board/pins: newest first. */
export function readBoardPins(
  account: PracticeAccount,
  { params, query }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const board = ownBoard(params.board, account, network);
  if (!board) return notFound("Board");
  const pins = network.posts(account.id).filter(({ extra }) => extra.boardId === board.id);
  return paged(query, pins, (pin) => pinEntity(pin, query));
}

/** GET /v5/pins: one's own, newest first. */
export function readPins(
  account: PracticeAccount,
  { query }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  return paged(query, network.posts(account.id), (pin) => pinEntity(pin, query));
}

/** GET /v5/pins/:pin */
export function readPin(
  account: PracticeAccount,
  { params, query }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const pin = ownPin(params.pin, account, network);
  return pin ? { status: 200, body: pinEntity(pin, query) } : notFound("Pin");
}

/** DELETE /v5/pins/:pin */
export function deletePin(
  account: PracticeAccount,
  { params }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const pin = network.post(params.pin ?? "");
  if (pin && pin.accountId !== account.id)
    return problem(403, 29, "You are not permitted to access that resource.");
  return network.remove(params.pin ?? "") ? { status: 204 } : notFound("Pin");
}

function ownPin(
  id: string | undefined,
  account: PracticeAccount,
  network: PracticeNetwork,
): PracticePost | undefined {
  const pin = network.post(id ?? "");
  return pin?.accountId === account.id ? pin : undefined;
}

/** https://developers.pinterest.com/docs/reference/pagination/ (checked 2026-11) */
function paged<T extends { readonly id: string }>(
  query: URLSearchParams,
  all: readonly T[],
  show: (item: T) => unknown,
): PracticeReply {
  const size = Number(query.get("page_size") ?? defaultPageSize);
  if (!Number.isInteger(size) || size < 1 || size > maxPageSize)
    return invalid(`page_size ${query.get("page_size")} is not in the range 1 to ${maxPageSize}`);
  const bookmark = query.get("bookmark");
  const last = bookmark === null ? undefined : Buffer.from(bookmark, "base64url").toString();
  const from = last === undefined ? 0 : all.findIndex(({ id }) => id === last) + 1;
  if (last !== undefined && from === 0) return invalid("bookmark is invalid");
  const items = all.slice(from, from + size);
  const more = all.length > from + size;
  return {
    status: 200,
    body: {
      items: items.map(show),
      bookmark: more ? Buffer.from(items.at(-1)?.id ?? "").toString("base64url") : null,
    },
  };
}

function boardEntity(
  { id, name }: PracticeBoard,
  { id: accountId, username }: PracticeAccount,
  network: PracticeNetwork,
) {
  return {
    id,
    name,
    description: "",
    privacy: "PUBLIC",
    owner: { username },
    pin_count: network.posts(accountId).filter(({ extra }) => extra.boardId === id).length,
    follower_count: 0,
    collaborator_count: 0,
    media: { image_cover_url: null, pin_thumbnail_urls: [] },
  };
}
