import { practice } from "../../src/adapters/mastodon/practice.ts";
import { practiceApp } from "../../src/domain/practice-app.ts";
import { startPracticeNetwork } from "../../src/practice/server.ts";
import { startForwarder } from "./forwarder.ts";
import { tempFolder } from "./temp-folder.ts";

export type MastodonServer = Awaited<ReturnType<typeof startMastodonServer>>;

/** A pretend Mastodon server at an address of its own, with a clock of its own and nothing in common with another. */
export async function startMastodonServer() {
  const [folder, front] = [await tempFolder(), await startForwarder()];
  let aheadMs = 0;
  const network = await startPracticeNetwork({
    host: "127.0.0.1",
    port: 0,
    dataDir: folder.path,
    platforms: [practice],
    app: { ...practiceApp, origin: "http://127.0.0.1:1" }, // no app of ours: who logs in here has to register
    now: () => new Date(Date.now() + aheadMs),
  });
  front.target = `${network.url}/mastodon`;
  return {
    network,
    front,
    origin: front.origin,
    host: front.host,
    /** How often this was asked. */
    count: (request: string) => front.asked.filter((each) => each === request).length,
    advance(ms: number) {
      aheadMs += ms;
    },
    async close() {
      front.close();
      await network.close();
      await folder.remove();
    },
  };
}
