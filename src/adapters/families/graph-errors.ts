import type { HttpAnswer } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { generalRefusals, generalSubcodes, type Refusal } from "./graph-refusals.ts";
import { regainAccessMs } from "./graph-usage.ts";

/** What sets one of Meta's platforms apart from the others. */
export interface GraphPlatform {
  readonly name: string;
  /** Where it counts its own; else the Graph API's. */
  readonly version?: string;
  /** How `X-Business-Use-Case-Usage` calls our use of it; null where no page says. */
  readonly useCase: string | null;
  /** Its own refusals, by subcode or code. */
  readonly refusals: Readonly<Record<number, Refusal>>;
  /** Those it tells by a constant inside the message. */
  readonly named?: Readonly<Record<string, Refusal>>;
}

interface GraphError {
  readonly message?: string;
  readonly type?: string;
  readonly code?: number;
  readonly error_subcode?: number;
  readonly is_transient?: boolean;
}

/** As Instagram and Threads refuse a code; the number beside it is but the HTTP status. */
interface OlderError {
  readonly error_type?: string;
  readonly error_message?: unknown;
}

/**
 * A refusal in our terms. Code and subcode decide: the status is 400 for nearly everything.
 * https://developers.facebook.com/docs/graph-api/guides/error-handling (checked 2026-11)
 */
export async function classify(response: HttpAnswer, platform: GraphPlatform): Promise<PublishError> {
  const { status } = response;
  const error = await envelope(response);
  const refusal = status >= 500 ? trouble : (refusalOf(error, platform) ?? withoutEnvelope(status));
  const code = refusal.code ?? codeOf(error);
  const retryAfterMs =
    refusal.kind === "rate_limited"
      ? (regainAccessMs(response.headers, platform.useCase) ?? refusal.retryAfterMs)
      : undefined;
  return new PublishError(refusal.kind, `${platform.name} ${refusal.says}`, {
    status,
    ...(code !== undefined && { code }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/** What is known of one code, wherever the platform names it. */
export function refusalByCode(code: number, platform: GraphPlatform): Refusal | undefined {
  return platform.refusals[code] ?? generalSubcodes[code];
}

const trouble: Refusal = { kind: "unavailable", says: "is having trouble; we will try again" };

function refusalOf(error: GraphError, platform: GraphPlatform): Refusal | undefined {
  const { code, error_subcode: subcode, message = "" } = error;
  const exact =
    (subcode !== undefined ? refusalByCode(subcode, platform) : undefined) ??
    (code !== undefined ? refusalByCode(code, platform) : undefined) ??
    Object.entries(platform.named ?? {}).find(([name]) => message.includes(name))?.[1];
  if (exact) return exact;
  if (code === undefined) return error.type === "OAuthException" ? generalRefusals[190] : undefined;
  const general = generalRefusals[code >= 200 && code <= 299 ? 200 : code];
  if (general && general.kind !== "invalid") return general;
  if (error.is_transient) return trouble;
  return general ?? { kind: "invalid", says: "refused this; look at the post on our side and try again" };
}

/** Only what carries Meta's own envelope is Meta's word; a proxy's 4xx is not. */
function withoutEnvelope(status: number): Refusal {
  if (status === 413) return { kind: "invalid", says: "does not take a file of this size" };
  if (status === 429) return { kind: "rate_limited", says: "asks us to slow down" };
  return { kind: "unavailable", says: "gave an answer we could not read" };
}

async function envelope(response: HttpAnswer): Promise<GraphError> {
  try {
    const body = (await response.json()) as ({ readonly error?: GraphError } & OlderError) | null;
    // https://developers.facebook.com/docs/threads/get-started/get-access-tokens-and-permissions (checked 2026-11)
    if (body?.error_type !== undefined) return { type: body.error_type, message: String(body.error_message) };
    const isTheirs = typeof body?.error === "object" && body.error !== null && hasCodes(body.error);
    return isTheirs ? (body.error as GraphError) : {};
  } catch {
    return {};
  }
}

/** Meta's codes are numbers, or names in capitals; what has others is not Meta's word. */
function hasCodes({ code, error_subcode: subcode }: GraphError): boolean {
  return [code, subcode].every(
    (one: unknown) => one === undefined || Number.isInteger(one) || /^[A-Z_]{3,60}$/.test(String(one)),
  );
}

function codeOf({ code, error_subcode: subcode }: GraphError): string | undefined {
  if (code === undefined) return undefined;
  return subcode === undefined ? String(code) : `${code}/${subcode}`;
}
