import { createHash, randomBytes } from "node:crypto";
import type { PracticeCollection, PracticeNetwork, PracticeReply } from "../../practice/kit.ts";

export interface Account {
  readonly did: string;
  readonly handle: string;
  readonly name: string;
}

/** Handles that nobody has: `.test` is kept for tests, in the network's own rules too. */
const domain = "bsky.test";

export const accountsOf = (network: PracticeNetwork): PracticeCollection<Account> =>
  network.collection("accounts");

/** https://atproto.com/specs/xrpc#error-responses (checked 2026-11) */
export function problem(status: number, error: string, message: string): PracticeReply {
  return { status, body: { error, message } };
}

export function invalid(message: string): PracticeReply {
  return problem(400, "InvalidRequest", message);
}

/** By handle or DID, as most methods take either. */
export function accountNamed(name: string, network: PracticeNetwork): Account | undefined {
  const accounts = accountsOf(network);
  const wanted = name.toLowerCase();
  return accounts.get(wanted) ?? accounts.list().find(([, { handle }]) => handle === wanted)?.[1];
}

/** Whoever has this handle, made where nobody has. */
export function accountFor(handle: string, network: PracticeNetwork): Account {
  const label =
    handle
      .split(".")[0]
      ?.toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "") || "someone";
  const known = accountNamed(`${label}.${domain}`, network);
  if (known) return known;
  const name = label.replace(
    /(^|-)([a-z])/g,
    (_whole, gap, letter) => `${gap && " "}${letter.toUpperCase()}`,
  );
  const account = { did: `did:plc:${base32(randomBytes(15))}`, handle: `${label}.${domain}`, name };
  accountsOf(network).put(account.did, account);
  return account;
}

/** What the directory of identities says of an account. https://atproto.com/specs/did (checked 2026-11) */
export function didDocumentOf({ did, handle }: Account, { baseUrl }: PracticeNetwork) {
  const pds = { id: "#atproto_pds", type: "AtprotoPersonalDataServer", serviceEndpoint: baseUrl };
  return {
    "@context": ["https://www.w3.org/ns/did/v1"],
    id: did,
    alsoKnownAs: [`at://${handle}`],
    service: [pds],
  };
}

const codecs = { record: 0x71, file: 0x55 };

/** A content id of version 1 over SHA-256: of a file the true one, of a record that of its JSON. https://atproto.com/specs/data-model (checked 2026-11) */
export function cidOf(kind: keyof typeof codecs, sha256: Buffer): string {
  return `b${base32(Buffer.concat([Buffer.from([1, codecs[kind], 0x12, 0x20]), sha256]))}`;
}

export function hashOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups
    .map((group) => "abcdefghijklmnopqrstuvwxyz234567"[Number.parseInt(group.padEnd(5, "0"), 2)])
    .join("");
}
