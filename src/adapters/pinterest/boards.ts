import type { Options } from "../../domain/post.ts";
import type { Choice } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { type Board, boards, type PinterestCall } from "./api.ts";

const pageSize = 250; // the most Pinterest gives
/** An account has at most 2,000 boards; those it shares with others come on top. */
const maxPages = 20;

/** The boards this account may pin to. https://developers.pinterest.com/docs/api/v5/boards-list (checked 2026-11) */
export async function choices(
  option: string,
  _given: Options,
  call: PinterestCall,
): Promise<readonly Choice[]> {
  if (option !== "board") return [];
  return (await allBoards(call)).map((board) => ({ value: board.id, label: labelOf(board, call) }));
}

/**
 * The id of the board a person named.
 * @param wanted its id, or its name in any spelling of upper and lower case
 * @throws PublishError `invalid` where the account has no such board, or several
 */
export async function boardIdOf(wanted: string, call: PinterestCall): Promise<string> {
  const all = await allBoards(call);
  const [board, another] =
    [
      all.filter(({ id }) => id === wanted.trim()),
      all.filter(({ name }) => name === wanted),
      all.filter(({ name }) => folded(name) === folded(wanted)),
    ].find((found) => found.length > 0) ?? [];
  if (!board)
    throw new PublishError(
      "invalid",
      "This Pinterest account has no such board: choose one of its boards, or make it at pinterest.com first",
      { code: "board_unknown" },
    );
  if (another)
    throw new PublishError(
      "invalid",
      "This Pinterest account has several boards of that name: choose one from the list, or rename one at pinterest.com",
      { code: "board_ambiguous" },
    );
  return board.id;
}

async function allBoards(call: PinterestCall): Promise<readonly Board[]> {
  const query = new URLSearchParams({ page_size: String(pageSize) });
  const found: Board[] = [];
  for (let page = 0; page < maxPages; page++) {
    const { items, bookmark } = await boards(call, query);
    found.push(...items);
    if (bookmark === undefined) break;
    query.set("bookmark", bookmark);
  }
  return found.filter(({ name }) => typeof name === "string");
}

/** A board somebody else shares may be called like one's own. */
function labelOf({ name, owner }: Board, call: PinterestCall): string {
  const isOwn = owner?.username === undefined || owner.username === call.account.handle;
  return isOwn ? name : `${name} (${owner.username})`;
}

function folded(name: string): string {
  return name.normalize("NFC").trim().toLowerCase();
}
