import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Platform } from "../domain/platform.ts";
import type { Context, Corner } from "./corner.ts";
import { dispatcher } from "./dispatch.ts";
import { faultSwitch } from "./fault-switch.ts";
import type { FaultSetting, PracticeIdentity, PracticePlatform, PracticePost } from "./kit.ts";
import { type LedgerReport, openLedger } from "./ledger.ts";
import { openMediaFiles } from "./media-files.ts";
import { type Ground, networkFor, postsOf } from "./network.ts";
import { phoneRoutes } from "./phone-answers.ts";
import { router } from "./router.ts";
import { type RegisteredApp, signInRoutes } from "./sign-in.ts";
import { socketAnswerer } from "./sockets.ts";
import { openStore, type Store } from "./store.ts";
import { openUploads } from "./uploads.ts";

export interface PracticeOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** The network keeps everything in `<dataDir>/practice`. */
  readonly dataDir: string;
  readonly platforms: readonly PracticePlatform[];
  /** Where others reach it, when that is not `http://host:port`; without a slash at the end. */
  readonly publicUrl?: string;
  /** The app that may ask people for their permission; absent: none may. */
  readonly app?: RegisteredApp;
  /** Besides this machine the only place media is pulled from. */
  readonly apiMediaOrigin?: string;
  readonly now?: () => Date;
  /** Told of failures inside the network itself; never of a token or a query. */
  readonly log?: (message: string, error: unknown) => void;
}

export interface PracticeServer {
  readonly url: string;
  readonly port: number;
  /** The identity, made or found again, with a fresh token. The handle comes without @. */
  register(platform: Platform, handle: string): PracticeIdentity;
  ledger(platform?: Platform): LedgerReport;
  /** A platform's public posts, oldest first, without the removed ones. */
  posts(platform: Platform): readonly PracticePost[];
  /** `null` switches the fault off. Faults are forgotten at a restart. */
  setFault(platform: Platform, setting: FaultSetting | null): void;
  faults(): Readonly<Partial<Record<Platform, FaultSetting>>>;
  close(): Promise<void>;
}

/**
 * The pretend platforms, their timelines and their ledger, on one port: `/<platform>/…` is that platform's API.
 * @throws Error when the port is taken or the kept state is damaged
 */
export async function startPracticeNetwork(options: PracticeOptions): Promise<PracticeServer> {
  const server = createServer();
  server.listen(options.port, options.host);
  await once(server, "listening"); // before touching the folder: whoever has the port owns it
  const { port } = server.address() as AddressInfo;
  const origin = options.publicUrl ?? `http://${urlHost(options.host)}:${port}`;
  const ground = openGround(options, origin);
  const corners = new Map(
    options.platforms.map((practice) => [practice.platform, cornerFor(practice, ground, options.app)]),
  );
  const cornerOf = (platform: Platform): Corner => {
    const corner = corners.get(platform);
    if (!corner) throw new Error(`The practice network has no ${platform}`);
    return corner;
  };
  const faults = faultSwitch();
  const stopping = new AbortController();
  const underWay = serve(server, {
    ground,
    corners,
    faults,
    signal: stopping.signal,
    log: options.log ?? (() => {}),
  });
  return {
    url: origin,
    port,
    register(platform, handle) {
      const { practice, network } = cornerOf(platform);
      const identity = practice.register(network, handle);
      ground.store.flush();
      return identity;
    },
    ledger: (platform) => ground.ledger.report(platform),
    posts: (platform) => cornerOf(platform).posts(),
    setFault: (platform, setting) => faults.set(platform, setting),
    faults: () => faults.all(),
    close: () => close(server, stopping, underWay, ground.store),
  };
}

function openGround(options: PracticeOptions, origin: string): Ground {
  const folder = join(options.dataDir, "practice");
  const store = openStore(folder);
  return {
    origin,
    now: options.now ?? (() => new Date()),
    store,
    ledger: openLedger(store),
    uploads: openUploads(join(folder, "uploads")),
    media: openMediaFiles(join(folder, "media")),
    apiMediaOrigin: options.apiMediaOrigin,
    appOrigin: options.app?.origin,
  };
}

function cornerFor(practice: PracticePlatform, ground: Ground, app: RegisteredApp | undefined): Corner {
  const posts = ground.store.collection<PracticePost>(postsOf(practice.platform));
  return {
    practice,
    network: networkFor(practice.platform, ground),
    match: router([...(app ? signInRoutes(practice, app) : []), ...practice.routes]),
    matchRoot: router(practice.atRoot ?? []),
    matchSocket: router(practice.sockets ?? []),
    matchPhone: router(phoneRoutes(practice.phone)),
    posts: () => posts.list().map(([, post]) => post),
  };
}

/** @returns the answers under way */
function serve(server: Server, context: Context): Set<Promise<void>> {
  const answer = dispatcher(context);
  const underWay = new Set<Promise<void>>();
  server.on("request", (request, response) => {
    const answering = answer(request, response).finally(() => underWay.delete(answering));
    underWay.add(answering);
  });
  server.on("upgrade", socketAnswerer(context));
  return underWay;
}

async function close(
  server: Server,
  stopping: AbortController,
  underWay: Set<Promise<void>>,
  store: Store,
): Promise<void> {
  stopping.abort();
  server.close();
  server.closeAllConnections();
  await Promise.allSettled(underWay); // they may still write
  store.close();
}

function urlHost(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
