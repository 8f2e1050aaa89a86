import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe } from "@jest/globals";
import { tempFolder } from "./temp-folder.ts";

export interface RealPds {
  /** http on this machine. */
  readonly url: string;
  /** The same server, by the name it calls itself where people log in. */
  readonly issuer: string;
  /** Its directory of identities. */
  readonly directory: string;
  /** @param handle without its domain: `water` becomes `water.test` */
  createAccount(handle: string): Promise<RealPdsAccount>;
  /**
   * Ends it and removes its data.
   * @throws Error when it tried to reach another machine
   */
  stop(): Promise<void>;
}

export interface RealPdsAccount {
  readonly did: string;
  /** The handle and an app password: what an account is connected with. */
  readonly identifier: string;
  readonly password: string;
  /** What a person logs in with. */
  readonly ownPassword: string;
  /** For what only the account's own password may do. */
  readonly accessJwt: string;
}

/** A Node that can run it; `npm test` installs the server and says which. */
const program = process.env.CLARION_TEST_PDS_NODE;

/** `describe` for suites that need it; where it is not there they are shown as skipped, as `npm test` says loudly. */
export const describeWithRealPds = program ? describe : describe.skip;

/** Bluesky's own server, with a directory of identities, in a process of its own on free ports. */
export async function startRealPds(): Promise<RealPds> {
  if (!program) throw new Error("No Bluesky server: run through `npm test`, and use describeWithRealPds.");
  const folder = await tempFolder();
  const script = fileURLToPath(new URL("../pds/serve.mjs", import.meta.url));
  const server = spawn(program, [script], {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    env: { PATH: process.env.PATH, TMPDIR: folder.path, NODE_ENV: "development" },
  });
  const outbound: string[] = [];
  server.on("message", (said: { outbound?: string }) => said.outbound && outbound.push(said.outbound));
  const { url, issuer, directory } = await addressesOf(server);
  let accounts = 0;
  return {
    url,
    issuer,
    directory,
    createAccount: (handle) => createAccount(url, `${handle}.test`, ++accounts),
    async stop() {
      const ended = server.exitCode === null ? once(server, "exit") : undefined;
      server.kill("SIGKILL");
      await ended;
      await folder.remove();
      if (outbound.length > 0) throw new Error(`The server tried to reach ${outbound.join(", ")}`);
    },
  };
}

/** What it complains about is told only where it does not start: a connection that is cut makes it complain too. */
async function addressesOf(
  server: ChildProcess,
): Promise<{ readonly url: string; readonly issuer: string; readonly directory: string }> {
  let words = "";
  server.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    words = (words + chunk).slice(-2000);
  });
  return new Promise((resolve, reject) => {
    server.on("message", (said: { url?: string; issuer?: string; directory?: string }) => {
      const { url, issuer = "", directory = "" } = said;
      if (url) resolve({ url, issuer, directory });
    });
    server.once("exit", (code) => reject(new Error(`The Bluesky server ended with ${code}: ${words}`)));
    server.once("error", reject);
  });
}

async function createAccount(url: string, identifier: string, number: number): Promise<RealPdsAccount> {
  const own = { handle: identifier, email: `${number}@example.test`, password: `own password ${number}` };
  const { did, accessJwt } = await ask(url, "createAccount", own);
  const { password } = await ask(url, "createAppPassword", { name: "clarion" }, accessJwt);
  if (!did || !accessJwt || !password) throw new Error("The Bluesky server made no account");
  return { did, identifier, password, ownPassword: own.password, accessJwt };
}

async function ask(
  url: string,
  method: string,
  input: object,
  token = "",
): Promise<{ did?: string; accessJwt?: string; password?: string }> {
  const response = await fetch(`${url}/xrpc/com.atproto.server.${method}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(input),
  });
  return response.json() as Promise<{ did?: string; accessJwt?: string; password?: string }>;
}
