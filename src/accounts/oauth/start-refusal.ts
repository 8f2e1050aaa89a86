import { PublishError } from "../../adapters/contract/publish-error.ts";
import { Refusal } from "../../domain/refusal.ts";
import { addressRefused } from "../identify.ts";

const pointer = "/instance";

/**
 * Why no login can begin at a server, for whoever named it: a wrong name, a server that takes no apps, or one that is
 * away. Only adapters' own words are shown.
 * @param isNamed whether the request named the server
 */
export function toStartRefusal(error: unknown, isNamed: boolean): unknown {
  if (!(error instanceof PublishError)) return error;
  const message = `${error.message}.`;
  if (error.detail.code === "CLARION_ADDRESS_REFUSED") return addressRefused(isNamed ? pointer : undefined);
  switch (error.kind) {
    case "invalid":
      if (!isNamed) return new Refusal("platform_unavailable", message);
      return new Refusal("invalid_request", message, {
        issues: [{ pointer, code: "invalid_value", message: error.message }],
      });
    case "unauthorized":
    case "forbidden":
      // No app would help where servers send nobody back to this address of ours.
      return new Refusal(
        error.detail.code === "public_url_unfit" ? "login_not_offered" : "app_missing",
        message,
      );
    case "rate_limited":
    case "unavailable":
    case "indeterminate":
      return new Refusal("platform_unavailable", message);
    default:
      return error.kind satisfies never;
  }
}
