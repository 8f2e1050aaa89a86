import type { HttpAnswer } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { waitMs } from "./budget.ts";
import { refusals } from "./refusals.ts";

/** Whatever a server put there. https://atproto.com/specs/xrpc#error-responses (checked 2026-11) */
export interface XrpcError {
  readonly error?: unknown;
  readonly message?: unknown;
}

/** An answer that is not 2xx, in terms the engine acts on. A refusal names itself: one without a name is nobody's no. */
export function classify(
  status: number,
  headers: HttpAnswer["headers"],
  { error, message }: XrpcError,
  now: Date,
): PublishError {
  if (status === 429) return tooMany(headers, now);
  if (status === 413)
    return new PublishError("invalid", "A file is too large for this Bluesky server: choose a smaller one", {
      status,
      code: "media_too_large",
    });
  const name = nameOf(error);
  const code = name === undefined ? {} : { code: name };
  if (status < 400 || status > 499)
    return new PublishError("unavailable", unavailableWords(status), { status, ...code });
  const said = typeof message === "string" ? message : "";
  const refusal = refusals.find(
    ({ named, says }) => named === name && (says === undefined || says.test(said)),
  );
  if (refusal)
    return new PublishError(refusal.kind, refusal.message, {
      status,
      code: refusal.code ?? refusal.named,
      ...(refusal.notSent && { notSent: true }),
    });
  if (status === 401)
    return new PublishError(
      "unauthorized",
      "Bluesky no longer accepts this login: connect the account again",
      {
        status,
        ...code,
      },
    );
  if (name === undefined)
    return new PublishError(
      "unavailable",
      "This is not how a Bluesky server answers: check the server's address of this account",
      { status },
    );
  return status === 403
    ? new PublishError(
        "forbidden",
        "Bluesky does not let this account do this: sign in at bsky.app to see why",
        {
          status,
          ...code,
        },
      )
    : new PublishError("invalid", "Bluesky did not accept this post: check its text, files and options", {
        status,
        ...code,
      });
}

function tooMany(headers: HttpAnswer["headers"], now: Date): PublishError {
  const retryAfterMs = waitMs(headers, now);
  return new PublishError("rate_limited", "Bluesky asks us to slow down", {
    status: 429,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/** A name only: a server may repeat anything in its answer, a token too. */
function nameOf(error: unknown): string | undefined {
  return typeof error === "string" && /^[A-Za-z_]{3,40}$/.test(error) ? error : undefined;
}

function unavailableWords(status: number): string {
  if (status >= 300 && status < 400)
    return "Bluesky sends us to another address: check the server's address of this account";
  return "Bluesky is having trouble at the moment";
}
