import type { PublishCall } from "../../src/adapters/contract/adapter.ts";
import { PublishError } from "../../src/adapters/contract/publish-error.ts";
import { type MastodonCredentials, requestEntity, type Status } from "../../src/adapters/mastodon/api.ts";
import { mastodon } from "../../src/adapters/mastodon/index.ts";
import type { PublishErrorKind } from "../../src/domain/decide.ts";

type Mastodon = typeof mastodon;
type Call = PublishCall<MastodonCredentials>;

/** Mastodon's adapter with one mistake each, and a check that has to see it. */
export const mutations: readonly (readonly [mistake: string, seenBy: string, broken: Mastodon])[] = [
  [
    "publishes without the fence",
    "makes exactly one public post, with one commit around one request",
    withCall((call) => ({ ...call, commit: (send) => send() })),
  ],
  [
    "sends twice within one commit",
    "makes exactly one public post, with one commit around one request",
    withCall((call) => ({
      ...call,
      commit: (send) =>
        call.commit(async () => {
          await requestEntity<Status>({ ...call }, "/v1/statuses", {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ status: "and again" }),
          });
          return send();
        }),
    })),
  ],
  [
    "commits twice",
    "makes exactly one public post, with one commit around one request",
    {
      ...mastodon,
      publish: async (variant, call) =>
        (await mastodon.publish(variant, call)) && mastodon.publish(variant, call),
    },
  ],
  [
    "retries an answer that was lost",
    "reset_before: we do not know",
    {
      ...mastodon,
      publish: (variant, call) =>
        mastodon.publish(variant, call).catch(() => mastodon.publish(variant, call)),
    },
  ],
  ["takes a 403 for a mistake of the author", "403 not allowed: forbidden", withKind("forbidden", "invalid")],
  ["takes a 401 for a ban", "401 invalid token: unauthorized", withKind("unauthorized", "forbidden")],
  ["takes a 502 for a no", "a bare 502: we do not know", withKind("indeterminate", "invalid")],
  [
    "takes a lost answer for unsent",
    "reset_after_accept: we do not know",
    withKind("indeterminate", "unavailable"),
  ],
  [
    "makes up when to come back",
    "too many requests, without a time: rate_limited, and none is made up",
    withError((error) =>
      error.kind === "rate_limited"
        ? new PublishError(error.kind, error.message, { retryAfterMs: 60_000, ...error.detail })
        : error,
    ),
  ],
  [
    "looks for nothing and says absent",
    "finds a plain post after a lost answer",
    { ...mastodon, reconcile: async () => ({ state: "absent" }) },
  ],
  [
    "finds any post",
    "does not take a later post of other words for ours",
    {
      ...mastodon,
      reconcile: async (question, call) => {
        const path = `/v1/accounts/${call.account.externalId}/statuses`;
        const response = await call.fetch(`${call.baseUrl.api}/api${path}`, {
          headers: { authorization: `Bearer ${call.credentials.accessToken}` },
        });
        const [latest] = (await response.json()) as Status[];
        return latest && latest.created_at > question.sentAt.toISOString()
          ? { state: "published", externalId: latest.id, externalUrl: latest.url ?? "" }
          : { state: "absent" };
      },
    },
  ],
  [
    "answers although it could not look",
    "does not answer when it could not look",
    {
      ...mastodon,
      reconcile: (question, call) => mastodon.reconcile(question, call).catch(() => ({ state: "absent" })),
    },
  ],
  [
    "sends again to find out",
    "only reads",
    {
      ...mastodon,
      reconcile: async ({ variant, deliveryKey }, call) =>
        mastodon.publish(variant, { ...call, deliveryKey, commit: (send) => send() }) as ReturnType<
          Mastodon["reconcile"]
        >,
    },
  ],
  [
    "counts a character too few",
    "accept a text of exactly the maximum, and so does the platform",
    { ...mastodon, measure: (text) => mastodon.measure(text) - 1 },
  ],
  [
    "counts a character too many",
    "accept a text of exactly the maximum, and so does the platform",
    { ...mastodon, measure: (text) => mastodon.measure(text) + 1 },
  ],
  [
    "only says that it deleted",
    "removes the post, and may be repeated",
    { ...mastodon, delete: async () => {} },
  ],
  [
    "says the token in a message",
    "422 too long: invalid",
    withError(
      (error, call) =>
        new PublishError(error.kind, `${error.message} (${call.credentials.accessToken})`, error.detail),
    ),
  ],
  [
    "keeps the token in a cause",
    "a bare 500: we do not know",
    withError((error, call) => {
      const cause = new Error(`GET /?access_token=${call.credentials.accessToken}`);
      return new PublishError(error.kind, error.message, error.detail, { cause });
    }),
  ],
  [
    "swallows what the fence says",
    "sends nothing when the fence says no, and passes that on unchanged",
    {
      ...mastodon,
      publish: (variant, call) =>
        mastodon.publish(variant, call).catch((error: unknown) => {
          if (error instanceof PublishError) throw error;
          return { state: "pending", handle: "?", checkAfterMs: 1000 };
        }),
    },
  ],
  [
    "publishes while it prepares",
    "makes nothing public, and gives what can be stored and shown",
    {
      ...mastodon,
      prepare: async (variant, call) => {
        await mastodon.publish(variant, { ...call, commit: (send) => send() });
        return { values: {}, expiresAt: "9999-12-31T00:00:00.000Z" };
      },
    },
  ],
  [
    "leaves the alt text behind",
    "publishes image/jpeg with its alt text",
    {
      ...mastodon,
      prepare: (variant, call) =>
        mastodon.prepare?.(
          { ...variant, media: variant.media.map((item) => ({ ...item, altText: "" })) },
          call,
        ) ?? Promise.reject(new Error("Mastodon has a prepare")),
    },
  ],
  [
    "posts an answer beside its parent",
    "attaches to what it answers",
    withCall(({ parent: _parent, ...call }) => call),
  ],
  [
    "does not stop",
    "stops at once when it is told to, without knowing the outcome",
    withCall((call) => ({ ...call, signal: AbortSignal.timeout(8000) })),
  ],
  [
    "invents a number",
    "are numbers under declared names",
    { ...mastodon, metrics: async () => ({ views: 10 }) },
  ],
  [
    "fails over what comes after the post",
    "only reads after the commit, and stays published when that fails",
    {
      ...mastodon,
      publish: async (variant, call) => {
        const published = await mastodon.publish(variant, call);
        await mastodon.metrics?.(published.state === "published" ? published.externalId : "", call);
        return published;
      },
    },
  ],
];

function withCall(change: (call: Call) => Call): Mastodon {
  return { ...mastodon, publish: (variant, call) => mastodon.publish(variant, change(call)) };
}

function withError(change: (error: PublishError, call: Call) => PublishError): Mastodon {
  return {
    ...mastodon,
    publish: (variant, call) =>
      mastodon.publish(variant, call).catch((error: unknown) => {
        throw error instanceof PublishError ? change(error, call) : error;
      }),
  };
}

function withKind(from: PublishErrorKind, to: PublishErrorKind): Mastodon {
  return withError((error) => {
    return error.kind === from ? new PublishError(to, error.message, error.detail) : error;
  });
}
