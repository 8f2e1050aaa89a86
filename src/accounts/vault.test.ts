import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, it } from "@jest/globals";
import { createVault, type Sealed } from "./vault.ts";

const canary = "canary-token-7f3a";
const credentials = { accessToken: canary, pageId: "42" };

describe("the vault", () => {
  const secretKey = randomBytes(32);
  const vault = createVault(secretKey);

  it("opens what it sealed, also after a restart", () => {
    const sealed = vault.seal("grants/grt_1", credentials);
    expect(createVault(secretKey).open("grants/grt_1", sealed)).toEqual(credentials);
  });

  it("shows nothing of the credentials, and never the same bytes twice", () => {
    const [first, second] = [
      vault.seal("grants/grt_1", credentials),
      vault.seal("grants/grt_1", credentials),
    ];
    expect(Buffer.concat([first.sealed, first.wrappedKey]).includes(canary)).toBe(false);
    expect(first.sealed.equals(second.sealed)).toBe(false);
    expect(first.wrappedKey.equals(second.wrappedKey)).toBe(false);
  });

  it("does not open one grant's ciphertext in another's row, nor one column in the other", () => {
    const [one, two] = [vault.seal("grants/grt_1", credentials), vault.seal("grants/grt_2", credentials)];
    expect(refusal(() => vault.open("grants/grt_2", one))).toBe("vault_damaged");
    expect(refusal(() => vault.open("grants/grt_2", { ...two, sealed: one.sealed }))).toBe("vault_damaged");
    expect(refusal(() => vault.open("grants/grt_2", { ...two, wrappedKey: one.wrappedKey }))).toBe(
      "vault_damaged",
    );
    const crossed = { ...one, sealed: one.wrappedKey, wrappedKey: one.sealed };
    expect(refusal(() => vault.open("grants/grt_1", crossed))).toBe("vault_damaged");
  });

  it("notices a single flipped bit, and a piece cut off", () => {
    const grant = vault.seal("grants/grt_1", credentials);
    for (const column of ["sealed", "wrappedKey"] as const) {
      for (let at = 0; at < grant[column].length; at += 1)
        expect(refusal(() => vault.open("grants/grt_1", flipped(grant, column, at)))).toBe("vault_damaged");
      const cut = { ...grant, [column]: grant[column].subarray(0, 20) };
      expect(refusal(() => vault.open("grants/grt_1", cut))).toBe("vault_damaged");
    }
  });

  it("says when another SECRET_KEY is needed, and when the credentials were wiped", () => {
    const sealed = vault.seal("grants/grt_1", credentials);
    expect(refusal(() => createVault(randomBytes(32)).open("grants/grt_1", sealed))).toBe(
      "vault_key_unknown",
    );
    const wiped = { keyId: "", wrappedKey: Buffer.alloc(0), sealed: Buffer.alloc(0) };
    expect(refusal(() => vault.open("grants/grt_1", wiped))).toBe("vault_empty");
  });

  it("wraps anew for another SECRET_KEY, and opens under either meanwhile", () => {
    const sealed = vault.seal("grants/grt_1", credentials);
    const nextKey = randomBytes(32);
    const both = createVault(nextKey, [secretKey]);
    expect(both.open("grants/grt_1", sealed)).toEqual(credentials);
    const wrapped = both.rewrap("grants/grt_1", sealed)!;
    expect(createVault(nextKey).open("grants/grt_1", wrapped)).toEqual(credentials);
    expect(refusal(() => vault.open("grants/grt_1", wrapped))).toBe("vault_key_unknown");
    expect(both.rewrap("grants/grt_1", wrapped)).toBeUndefined();
    expect(refusal(() => both.rewrap("grants/grt_2", sealed))).toBe("vault_damaged");
  });

  it("has errors without a secret in them", () => {
    const damaged = flipped(vault.seal("grants/grt_1", credentials), "sealed", 30);
    try {
      vault.open("grants/grt_1", damaged);
    } catch (error) {
      const shown = inspect(error, { depth: 9, showHidden: true });
      expect(shown).toContain("vault_damaged");
      expect(shown).not.toContain(canary);
      expect(shown).not.toContain(secretKey.toString("hex"));
    }
    expect.assertions(3);
  });
});

function flipped(grant: Sealed, column: "sealed" | "wrappedKey", at: number): Sealed {
  const bytes = Buffer.from(grant[column]);
  bytes[at]! ^= 1;
  return { ...grant, [column]: bytes };
}

function refusal(open: () => unknown): unknown {
  try {
    return open();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}
