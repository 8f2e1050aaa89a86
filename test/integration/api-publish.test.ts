import { beforeAll, describe, expect, it } from "@jest/globals";
import { useApi } from "../support/api.ts";

const api = useApi();
let x: string;
beforeAll(async () => {
  x = await api.addAccount("x");
});

interface Post {
  id: string;
  dueAt: string | null;
}

const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
const create = async (more: object = {}) => {
  const body = { text: "Water", accounts: [x], dueAt: inMs(3_600_000), ...more };
  return (await api.call<Post>("POST", "/v1/posts", { body })).body;
};

describe("publish sends now", () => {
  const publish = (id: string) => api.call<Post>("POST", `/v1/posts/${id}/publish`);
  it.each(["a draft", "a planned post"])("%s", async (what) => {
    const { id } = await create(what === "a draft" ? { dueAt: null } : {});
    expect(await publish(id)).toMatchObject({
      status: 200,
      body: { state: "scheduled", deliveries: [{ state: "scheduled" }] },
    });
    const [row] = await api.sql(
      "select due_at <= clock_timestamp() and next_check_at <= clock_timestamp() as due from deliveries where post_id = $1",
      [id],
    );
    expect(row).toEqual({ due: true });
  });
  it("not what is out, nor what is stopped", async () => {
    const { id } = await create();
    await api.setState(id, "published");
    expect(await publish(id)).toMatchObject({ status: 409, body: { code: "already_sending" } });
    const stopped = await create({ accounts: [await api.addAccount("x", { state: "paused" })] });
    expect(await publish(stopped.id)).toMatchObject({ status: 409, body: { code: "paused" } });
    expect((await api.call<Post>("GET", `/v1/posts/${stopped.id}`)).body.dueAt).toBe(stopped.dueAt);
  });
});

describe("duplicate", () => {
  it("makes a draft that says the same, or plans it anew", async () => {
    const { id } = await create({ thread: [{ text: "Two" }] });
    await api.setState(id, "published");
    const copy = await api.call<Post>("POST", `/v1/posts/${id}/duplicate`);
    expect(copy).toMatchObject({
      status: 201,
      body: { state: "draft", text: "Water", thread: [{ text: "Two" }] },
    });
    expect(copy.body.id).not.toBe(id);
    const planned = await api.call<Post>("POST", `/v1/posts/${id}/duplicate`, {
      body: { dueAt: inMs(60_000) },
    });
    expect(planned.body).toMatchObject({ state: "scheduled", deliveries: [{}, {}] });
  });
});
