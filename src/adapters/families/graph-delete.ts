import { PublishError } from "../contract/publish-error.ts";
import { type GraphCall, graphRequest } from "./graph-api.ts";
import type { GraphPlatform } from "./graph-errors.ts";
import { isGone, unlessGone } from "./graph-gone.ts";

/** Gone already is fine. @throws PublishError */
export async function deleteNode(id: string, call: GraphCall, platform: GraphPlatform): Promise<void> {
  try {
    await graphRequest(call, platform, { method: "DELETE", path: id });
  } catch (error) {
    if (!isGone(error)) throw error;
    // The same refusal stands for "not there" and for "not yours": only a look tells them apart.
    const node = await unlessGone(() =>
      graphRequest(call, platform, { method: "GET", path: id, query: { fields: "id" } }),
    );
    if (node)
      throw new PublishError(
        "forbidden",
        `${platform.name} does not let this account delete the post`,
        error.detail,
      );
  }
}
