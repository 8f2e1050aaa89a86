import { createHash, randomBytes } from "node:crypto";
import { insertApiKey } from "../../src/db/api-keys.ts";
import { insertWorkspace } from "../../src/db/workspaces.ts";
import { newId } from "../../src/domain/ids.ts";
import type { ComposedApi } from "./composed-api.ts";

/** Another workspace on the same server, and the header that speaks for it. */
export async function addStranger(
  { world }: Pick<ComposedApi, "world">,
  scopes = ["read", "write", "publish", "admin"],
) {
  const workspaceId = newId("ws");
  const key = `clr_${randomBytes(32).toString("base64url")}`;
  const hash = createHash("sha256").update(key).digest();
  await insertWorkspace(world.db, { id: workspaceId, name: "Others" });
  await insertApiKey(world.db, { id: newId("key"), workspaceId, name: "k", hash, scopes, expiresAt: null });
  return { workspaceId, headers: { authorization: `Bearer ${key}` } };
}
