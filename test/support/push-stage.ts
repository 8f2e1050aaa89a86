import { afterAll, beforeAll, beforeEach } from "@jest/globals";
import { type Blog, startBlog } from "./blog.ts";
import { type Hub, startHub } from "./hub.ts";
import { type MirrorStage, openMirrorStage } from "./mirror-stage.ts";
import { until } from "./until.ts";

/** Nothing is read by itself: what arrives was pushed. */
const hourMs = 3_600_000;
export const unhurried = { watchMs: hourMs, watchPracticeMs: hourMs, watchRetryMs: hourMs };
export const publicUrl = "https://clarion.example.org";

interface SourceRow {
  readonly fence: number;
  /** Seconds until the hub's promise ends. */
  readonly until: number | null;
  readonly errorCode: string | null;
  readonly failures: number;
  /** It is being read, or is to be at once. */
  readonly busy: boolean;
}

/** The product, a blog and the blog's hub, for the test file that calls this. */
export function usePush() {
  const at = {} as { hub: Hub; blog: Blog; on: MirrorStage };
  const here = (url: string) => url.replace(publicUrl, `http://127.0.0.1:${at.on.env.PORT}`);
  beforeAll(async () => {
    at.hub = await startHub(here);
    at.blog = await startBlog(0, `${at.hub.origin}/`);
    at.on = await openMirrorStage({
      env: { PUBLIC_URL: publicUrl, ALLOWED_PRIVATE_HOSTS: privateHosts(at) },
      timings: unhurried,
    });
  }, 60_000);
  afterAll(async () => {
    await at.on?.close();
    at.blog?.close();
    at.hub?.close();
  });
  beforeEach(async () => {
    at.blog.breaks(null);
    Object.assign(at.hub, { status: 202, leaseSeconds: undefined, verified: 0 });
    at.hub.wishes.length = 0;
    await at.on.sql("delete from links");
    await at.on.sql("delete from sources");
  });
  return Object.assign(at, {
    here,
    feedLink: (on = at.on) =>
      on.call<{ id: string }>("POST", "/v1/links", {
        source: { feed: at.blog.feed },
        targets: [on.on.mastodon.id],
        review: false,
      }),
    posts: (word: string) => at.on.posts("mastodon").filter(({ text }) => text.includes(word)),
    async source(): Promise<SourceRow> {
      const [row] = await at.on.sql<SourceRow>(
        `select fence::int, extract(epoch from push_until - now())::float8 as until, error_code as "errorCode", failures,
           taken or rung or next_read_at <= now() as busy from sources`,
      );
      return row!;
    },
    /** Is read once more, and its hub asked if it is time. */
    async readAgain(more = "push_asked_at = null"): Promise<void> {
      const { fence } = await this.source();
      await at.on.sql(`update sources set next_read_at = now(), ${more}`);
      await until("it is read", async () => {
        const now = await this.source();
        return now.fence > fence && !now.busy;
      });
    },
    /** A link to the blog's feed, whose hub has promised to call. */
    async subscribed() {
      await this.feedLink();
      const wish = await until("the hub was asked", () => at.hub.wishes[0]);
      await until("it has asked back", () => at.hub.verified);
      return wish;
    },
  });
}

export function privateHosts({ hub, blog }: { readonly hub: Hub; readonly blog: Blog }): string {
  return `${new URL(blog.origin).host},${hub.host}`;
}
