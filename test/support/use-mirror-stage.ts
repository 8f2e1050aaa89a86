import { afterAll, beforeAll, beforeEach } from "@jest/globals";
import { type MirrorStage, openMirrorStage } from "./mirror-stage.ts";
import { until } from "./until.ts";

/** A stage for the tests of a file, without links and sources before each of them. */
export function useMirrorStage(options: Parameters<typeof openMirrorStage>[0] = {}): MirrorStage {
  let stage: MirrorStage;
  beforeAll(async () => {
    stage = await openMirrorStage(options);
  }, 60_000);
  afterAll(() => stage.close());
  beforeEach(async () => {
    await stage.sql("delete from links");
    await stage.sql("delete from sources");
  });
  return new Proxy({} as MirrorStage, { get: (_, name) => Reflect.get(stage, name) as unknown });
}

/** From now on, until somebody is told to. */
export async function nobodyReads(on: MirrorStage): Promise<void> {
  await until("nobody reads", async () => {
    await on.sql("update sources set next_read_at = now() + interval '1 hour' where not taken");
    const soon = "select 1 from sources where taken or next_read_at < now() + interval '30 minutes'";
    return (await on.sql(soon)).length === 0;
  });
}

/** Nobody shares further what is told to be, until the answer is called. */
export async function holdSharing(on: MirrorStage, itemIds: readonly string[]): Promise<() => Promise<void>> {
  await on.sql(`create or replace function later() returns trigger language plpgsql as $$
    begin new.next_share_at = now() + interval '1 hour'; return new; end $$`);
  await on.sql(`create trigger later before update on source_items for each row
    when (new.again and not old.again) execute function later()`);
  return async () => {
    await on.sql("drop trigger later on source_items");
    await on.sql("update source_items set next_share_at = now() where id = any($1) and again", [itemIds]);
  };
}

/** As the API shows it. */
export interface SeenItem {
  readonly id: string;
  readonly text: string;
  readonly state: string;
  readonly reason: { readonly code: string } | null;
  readonly change: { readonly kind: string } | null;
  readonly copies: readonly {
    readonly accountId: string;
    readonly platform: string;
    readonly postId: string;
    readonly state: string;
  }[];
  readonly notes: readonly { readonly accountId: string; readonly code: string }[];
}

/** What a link's sources showed, and what a person decides about it. */
export function itemsOn(on: MirrorStage) {
  const all = async (linkId: string, word: string) => {
    const { data } = await on.call<{ data: SeenItem[] }>("GET", `/v1/links/${linkId}/items`);
    return data.filter(({ text }) => text.includes(word));
  };
  const seen = async (linkId: string, word: string) => (await all(linkId, word))[0];
  return {
    all,
    seen,
    decide: (linkId: string, itemId: string, decision: string) =>
      on.request("POST", `/v1/links/${linkId}/items/${itemId}/decide`, { decision }),
    /** The item once it is like this. */
    when: (linkId: string, word: string, isSo: (item: SeenItem) => unknown) =>
      until(`${word} is as it should`, async () => {
        const item = await seen(linkId, word);
        return item && isSo(item) ? item : undefined;
      }),
  };
}
