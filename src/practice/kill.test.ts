import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it } from "@jest/globals";
import { tempFolder } from "../../test/support/temp-folder.ts";

const script = fileURLToPath(new URL("../../test/support/practice-process.ts", import.meta.url));

it("a killed practice network remembers everything it answered, and each key's post once", async () => {
  const folder = await tempFolder();
  let at = await launch(folder.path);
  const answered = new Map<string, string>();
  try {
    for (const round of [0, 1, 2]) {
      const posting = Array.from({ length: 60 }, (_, index) => `${round}-${index}`).map(async (key) => {
        const id = await post(at, key).catch(() => undefined); // cut off by the kill
        if (id !== undefined) answered.set(key, id);
        if (answered.size >= 20 * (round + 1)) at.process.kill("SIGKILL");
      });
      await Promise.all(posting);
      await exited(at.process);
      at = await launch(folder.path);
    }
    expect(answered.size).toBeGreaterThanOrEqual(60);
    for (const [key, id] of answered) expect(await post(at, key)).toBe(id);
  } finally {
    at.process.kill("SIGKILL");
    await exited(at.process);
    await folder.remove();
  }
});

interface Running {
  readonly url: string;
  readonly token: string;
  readonly process: ChildProcess;
}

async function launch(dataDir: string): Promise<Running> {
  const process_ = spawn(process.execPath, ["--import", "tsx", script, dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(createInterface(process_.stdout), "line")) as [string];
  return { ...(JSON.parse(line) as { url: string; token: string }), process: process_ };
}

async function exited(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

async function post({ url, token }: Running, key: string): Promise<string> {
  const response = await fetch(`${url}/mastodon/api/v1/statuses`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "idempotency-key": key },
    body: JSON.stringify({ status: `Post ${key}` }),
  });
  return ((await response.json()) as { id: string }).id;
}
