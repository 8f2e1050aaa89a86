import type { PracticePlatform } from "../../src/practice/kit.ts";
import { startPracticeNetwork } from "../../src/practice/server.ts";
import type { RegisteredApp } from "../../src/practice/sign-in.ts";
import { startForwarder } from "./forwarder.ts";
import { tempFolder } from "./temp-folder.ts";

export type PlatformServer = Awaited<ReturnType<typeof startPlatformServer>>;

/** No app of ours: who logs in here has to be known otherwise. */
const strangersApp: RegisteredApp = { clientId: "stranger", clientSecret: "s", origin: "http://127.0.0.1:1" };

/** A pretend platform at an address of its own, as a live one has it, with a clock of its own. */
export async function startPlatformServer(practice: PracticePlatform, app = strangersApp) {
  const [folder, front] = [await tempFolder(), await startForwarder()];
  let aheadMs = 0;
  const network = await startPracticeNetwork({
    host: "127.0.0.1",
    port: 0,
    dataDir: folder.path,
    platforms: [practice],
    app,
    now: () => new Date(Date.now() + aheadMs),
  });
  front.target = `${network.url}/${practice.platform}`;
  return {
    network,
    front,
    origin: front.origin,
    host: front.host,
    /** How often this was asked: method and path. */
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
