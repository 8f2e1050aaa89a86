import type { ChildProcess } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import sharp from "sharp";
import { adapters } from "../../src/adapters/registry.ts";
import { fitMedia } from "../../src/media/fit-media.ts";
import { createMediaProcesses } from "../../src/media/media-processes.ts";
import { spawnMediaChild } from "../../src/media/spawn-media-child.ts";
import { fittedVariant } from "../../src/publishing/fitted-variant.ts";
import { type ComposedApi, startComposedApi } from "../support/composed-api.ts";

let api: ComposedApi;
let picture: { id: string; width: number; height: number };
beforeAll(async () => {
  api = await startComposedApi();
  const png = await sharp({ create: { width: 2000, height: 800, channels: 4, background: "#2a6b9980" } })
    .png()
    .toBuffer();
  const form = new FormData();
  form.set("file", new Blob([new Uint8Array(png)], { type: "image/png" }), "wide.png");
  form.set("altText", "A river");
  picture = (await api.call("POST", "/v1/media", form)).json as never;
});
afterAll(() => api.close());

const fit = { mimeType: "image/jpeg", width: 2000, height: 1048, how: "pad", maxBytes: 8_000_000 } as const;

describe("a picture that a platform does not take as it is", () => {
  it("is made anew in its format and shape, once, and only platforms see it", async () => {
    const [one, two] = await Promise.all([
      fitMedia(api.world, api.workspaceId, picture.id, fit),
      fitMedia(api.world, api.workspaceId, picture.id, fit),
    ]);
    expect(one.id).toBe(two.id);
    const file = sharp(await api.world.media.pathOf(one.storageKey));
    expect(await file.metadata()).toMatchObject({
      format: "jpeg",
      width: 2000,
      height: 1048,
      hasAlpha: false,
    });
    const { data } = await file.raw().toBuffer({ resolveWithObject: true });
    expect([...data.subarray(0, 3)]).toEqual([255, 255, 255]); // the bar above
    expect((await api.call("GET", "/v1/media")).json.data.map(({ id }) => id)).toEqual([picture.id]);
    expect((await api.call("GET", `/v1/media/${one.id}`)).status).toBe(404);
    const used = await api.call("POST", "/v1/posts/validate", { text: "a", media: [{ id: one.id }] });
    expect(used.json.code).toBe("unknown_media");
  });

  it("goes to each adapter as its platform takes it, with its alt text", async () => {
    const variant = {
      role: "post" as const,
      text: "",
      link: null,
      media: [
        {
          ...picture,
          kind: "image" as const,
          mimeType: "image/png",
          bytes: 9000,
          durationMs: null,
          altText: "A river",
        },
      ],
      options: {},
    };
    for (const { platform, capabilities } of Object.values(adapters)) {
      const limit = capabilities.media.types.image;
      if (!limit) continue;
      const { media } = await fittedVariant(api, { workspaceId: api.workspaceId, platform, variant });
      expect([platform, limit.mimeTypes.includes(media[0]?.mimeType ?? ""), media[0]?.altText]).toEqual([
        platform,
        true,
        "A river",
      ]);
    }
  });

  it("is removed with the picture it was made of", async () => {
    const made = await fitMedia(api.world, api.workspaceId, picture.id, fit);
    expect((await api.call("DELETE", `/v1/media/${picture.id}`)).status).toBe(204);
    await expect(api.world.media.pathOf(made.storageKey)).rejects.toMatchObject({ code: "not_found" });
    await expect(fitMedia(api.world, api.workspaceId, picture.id, fit)).rejects.toMatchObject({
      kind: "invalid",
      detail: { code: "media_missing" },
    });
  });
});

describe("a process that opens files", () => {
  it("may be killed: what it was at is done by another, and nobody else is concerned", async () => {
    const children: ChildProcess[] = [];
    const start = () => {
      const child = spawnMediaChild();
      children.push(child);
      return child;
    };
    const processes = createMediaProcesses(2, start);
    const [path, target] = [api.world.media.draftPath(), api.world.media.draftPath()];
    await sharp({ create: { width: 64, height: 64, channels: 3, background: "#fff" } })
      .png()
      .toFile(path);
    const job = {
      do: "fit",
      source: path,
      target,
      fit: { ...fit, width: 32, height: 32, how: "scale" },
    } as const;
    const asked = [1, 2, 3, 4].map(() => processes.ask<{ bytes: number }>(job, 60_000));
    expect(children).toHaveLength(2);
    for (const child of children) child.kill("SIGKILL");
    for (const { bytes } of await Promise.all(asked)) expect(bytes).toBeGreaterThan(0);
    processes.close();
    await expect(processes.ask(job, 60_000)).rejects.toMatchObject({ code: "unavailable" });
  });

  it("that dies at the same file again, or takes too long, refuses that file and no other", async () => {
    const processes = createMediaProcesses(1, () => {
      const child = spawnMediaChild();
      child.send = () => child.kill("SIGKILL");
      return child;
    });
    const job = { do: "fit", source: "/dev/null", target: "/dev/null", fit } as const;
    await expect(processes.ask(job, 60_000)).rejects.toMatchObject({ code: "media_unreadable" });
    processes.close();
  });
});
