import type { Absent, Call, Published, Question, Unknown } from "../contract/adapter.ts";
import { textWithLink } from "../contract/text.ts";
import type { MastodonCredentials, Status } from "./api.ts";
import { ownStatuses } from "./own-statuses.ts";
import { published } from "./publish.ts";
import { comparable, plainText } from "./text.ts";

const maxPages = 5;
/** The server's clock may be behind ours. */
const skewMs = 60_000;

/** Reads our own statuses since the first attempt and matches them: a key lives an hour, history stays. */
export async function reconcile(
  question: Question,
  call: Call<MastodonCredentials>,
): Promise<Published | Absent | Unknown> {
  const since = question.sentAt.getTime() - skewMs;
  const matches: Status[] = [];
  let before: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const statuses = await ownStatuses(call, before);
    const recent = statuses.filter((status) => Date.parse(status.created_at) >= since);
    matches.push(...recent.filter((status) => isOurs(status, question)));
    before = statuses.at(-1)?.id;
    if (recent.length < statuses.length || before === undefined) return verdict(matches, call);
  }
  return { state: "unknown" }; // more posts since then than we read
}

function verdict(matches: readonly Status[], call: Call<MastodonCredentials>): Published | Absent | Unknown {
  const [first, ...others] = matches;
  if (!first) return { state: "absent" };
  return others.length === 0 ? published(first, call) : { state: "unknown" };
}

function isOurs(status: Status, { variant, parent }: Question): boolean {
  const warning = variant.options.spoilerText ?? "";
  return (
    comparable(plainText(status.content)) === comparable(textWithLink(variant)) &&
    comparable(status.spoiler_text) === comparable(String(warning)) &&
    status.media_attachments.length === variant.media.length &&
    status.in_reply_to_id === (parent?.externalId ?? null)
  );
}
