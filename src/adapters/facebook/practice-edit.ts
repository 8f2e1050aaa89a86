import type { PracticeNetwork, PracticeRequest } from "../../practice/kit.ts";
import { type GraphAccount, notFound, parameters, textOf } from "../families/practice-graph.ts";
import { GraphRefusal } from "../families/practice-graph-errors.ts";
import { feedPosts, videos } from "./practice-state.ts";

export const maxMessage = 63_206;
export const maxComment = 8000;

/**
 * New words for a post or a comment (`message`), or beside a video (`description`); a request without them changes none.
 * @throws GraphRefusal
 */
export function editWords(
  id: string,
  account: GraphAccount,
  request: PracticeRequest,
  network: PracticeNetwork,
): void {
  const [post, video] = [feedPosts(network).get(id), videos(network).get(id)];
  const shown = network.post(id);
  const given = parameters(request)[video ? "description" : "message"];
  const owner = (video ?? post)?.accountId ?? shown?.accountId;
  if (owner !== account.id) throw notFound(id);
  if (given === undefined) return;
  const text = textOf(given);
  const isComment = !post && !video;
  if (text.length > (isComment ? maxComment : maxMessage))
    throw new GraphRefusal(100, "(#100) The message is too long");
  if (text === "" && (isComment || (post && post.link === null && post.photoIds.length === 0)))
    throw new GraphRefusal(100, "(#100) Missing message or attachment");
  if (post) feedPosts(network).put(id, { ...post, message: text });
  if (video) videos(network).put(id, { ...video, description: text });
  if (shown) network.edit(shown, { text });
}
