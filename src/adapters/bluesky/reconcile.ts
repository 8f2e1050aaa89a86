import type { Absent, Published, Question, Unknown } from "../contract/adapter.ts";
import { findOwn } from "./own-post.ts";
import { published } from "./publish.ts";
import { recordKey } from "./record-key.ts";
import type { BlueskyCall } from "./session.ts";

/** We chose where the post goes: looking there answers it. */
export async function reconcile(
  question: Question,
  call: BlueskyCall,
): Promise<Published | Absent | Unknown> {
  const found = await findOwn(question, call);
  if (found === "nothing") return { state: "absent" };
  return found === "ours" ? published(recordKey(question.deliveryKey), call) : { state: "unknown" };
}
