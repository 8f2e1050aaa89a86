import { openMirrorStage } from "./mirror-stage.ts";
import { unhurried } from "./push-stage.ts";
import { until } from "./until.ts";

export type ListeningStage = Awaited<ReturnType<typeof openListeningStage>>;

/** Nothing is read by itself, and what is heard is heard at once. */
const attentive = { ...unhurried, listenSyncMs: 100, listenAgainMs: 50, listenLatestMs: 300 };

/** The product as in tests of mirroring, with what tests of listening ask of its sources. */
export async function openListeningStage(env: Readonly<Record<string, string>>) {
  const on = await openMirrorStage({ env, timings: attentive, logLevel: "trace" });
  const source = async (accountId: string) => {
    const [row] = await on.sql<{ fence: number; busy: boolean; errorCode: string | null; failures: number }>(
      `select fence::int, taken or rung or next_read_at <= now() as busy, error_code as "errorCode", failures
       from sources where account_id = $1`,
      [accountId],
    );
    return row!;
  };
  return {
    ...on,
    source,
    /** Whatever rang was read: from now on nothing happens by itself. */
    async quiet(accountId: string): Promise<number> {
      await until("it was read", async () => !(await source(accountId)).busy);
      return (await source(accountId)).fence;
    },
    async readAgain(accountId: string, since: number): Promise<void> {
      await until("it is read again", async () => (await source(accountId)).fence > since);
    },
  };
}
