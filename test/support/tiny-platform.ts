import type { PracticePlatform } from "../../src/practice/kit.ts";

/** The least a pretend platform can be: one request publishes what it is sent, one reads, one takes a file. */
export const tinyPlatform: PracticePlatform = {
  platform: "x",
  register: (network, handle) => {
    network.collection<string>("tokens").put(`token-of-${handle}`, handle);
    return { externalId: handle, handle, name: handle, credentials: { accessToken: `token-of-${handle}` } };
  },
  routes: [
    {
      method: "POST",
      path: "/posts",
      publishes: () => true,
      handle({ json, token }, network) {
        const handle = network.collection<string>("tokens").get(token ?? "");
        if (handle === undefined) return { status: 401, body: { error: "no such token" } };
        const given = json as { id: string; text: string; [extra: string]: unknown };
        if (given.text === "") {
          network.refuse("", "no text");
          return { status: 422, body: { error: "no text" } };
        }
        network.publish({
          accountId: handle,
          handle,
          name: handle,
          link: null,
          media: [],
          replyTo: null,
          createdAt: network.now().toISOString(),
          extra: {},
          ...given,
        });
        return { status: 201, body: { id: given.id } };
      },
    },
    { method: "GET", path: "/me", handle: ({ token }) => ({ status: 200, body: { token: token ?? null } }) },
    { method: "GET", path: "/moved", handle: () => ({ status: 302, headers: { location: "/style.css" } }) },
    {
      method: "POST",
      path: "/echo",
      handle: ({ json, fields, files, raw, token }) => ({
        status: 200,
        body: { json: json ?? null, fields, files, raw: raw ?? null, token: token ?? null },
      }),
    },
    {
      method: "POST",
      path: "/files",
      handle: async ({ files }, network) => ({
        status: 200,
        body: { url: files.file ? await network.keep(files.file) : null },
      }),
    },
    {
      method: "POST",
      path: "/pull",
      handle: async ({ json }, network) => {
        try {
          const file = await network.pull((json as { url: string }).url);
          return { status: 200, body: { bytes: file.bytes, mimeType: file.mimeType } };
        } catch (error) {
          return { status: 400, body: { error: (error as Error).message } };
        }
      },
    },
  ],
  unauthorized: () => ({ status: 401, body: { error: "revoked" } }),
  rateLimited: (resetAt) => ({
    status: 429,
    headers: resetAt ? { "x-reset": resetAt.toISOString() } : {},
    body: { error: "too many" },
  }),
};
