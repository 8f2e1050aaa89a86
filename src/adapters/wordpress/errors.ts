import type { PublishErrorKind } from "../../domain/decide.ts";
import type { HttpAnswer } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { msUntil } from "../contract/transport.ts";
import { notAllowed, type Refusal, refusalsByCode } from "./refusals.ts";

/**
 * What an answer that is not 2xx means.
 * @param code WordPress's own, as `rest_cannot_publish`; undefined where the host or a firewall answered in its place
 */
export function classify(response: HttpAnswer, code: string | undefined, now: Date): PublishError {
  const { status } = response;
  if (status === 401)
    return no(status, {
      kind: "unauthorized",
      says: "WordPress does not accept this user name and application password. Make a new application password there and connect again; if that does not help, ask the host to let the Authorization header through",
    });
  if (status === 429) return rateLimited(response, now);
  if (status < 400 || status >= 500) return troubled(status, code);
  const known = code === undefined ? byPage(status) : (refusalsByCode[code] ?? byPattern(code));
  return no(
    status,
    known ?? byStatus[status] ?? { kind: "unavailable", says: "WordPress is having trouble" },
  );
}

function byPattern(code: string): Refusal | undefined {
  return /^rest_(cannot|user_cannot|forbidden)/.test(code) ? notAllowed : undefined;
}

/** What the host says by itself, before WordPress was asked. */
function byPage(status: number): Refusal | undefined {
  switch (status) {
    case 403:
    case 405:
    case 406: // the answer of mod_security at many hosts
      return {
        kind: "forbidden",
        code: "blocked_by_host",
        says: "The site's host or a security plugin turned us away. Ask whoever runs the site to allow the REST API (wp-json)",
      };
    case 404:
      return noApi;
    default:
      return undefined;
  }
}

const noApi: Refusal = {
  kind: "forbidden",
  code: "no_api",
  says: "There is no WordPress API at this address. Check the site's address, that its permalinks are not set to Plain, and that no plugin switches the REST API off",
};

const refused: Refusal = {
  kind: "invalid",
  says: "WordPress refused this post. Check its text, files and options",
};

const byStatus: Readonly<Record<number, Refusal>> = {
  400: refused,
  403: notAllowed,
  404: noApi,
  409: refused,
  410: { kind: "invalid", code: "not_found", says: "WordPress no longer has this" },
  413: {
    kind: "invalid",
    code: "too_large",
    says: "The site's host does not take anything this large. Use a smaller file or a shorter text, or ask the host to raise its upload limit",
  },
  414: refused,
  415: refused,
  422: refused,
};

/** Seconds or a date, as HTTP has it: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after (checked 2026-11) */
function rateLimited({ status, headers }: HttpAnswer, now: Date): PublishError {
  const header = headers.get("retry-after") ?? "";
  const at = new Date(header);
  const afterMs = /^\d+$/.test(header)
    ? Number(header) * 1000
    : Number.isNaN(at.getTime())
      ? undefined
      : msUntil(at, now);
  return new PublishError("rate_limited", "The WordPress site's host asks us to slow down", {
    status,
    ...(afterMs !== undefined && { retryAfterMs: afterMs }),
  });
}

/** The codes are for our own use: inside the fence nothing here is a no. */
function troubled(status: number, code: string | undefined): PublishError {
  const says =
    status < 400
      ? "WordPress sends us to another address. Check the site's address of this account: https or http, with or without www"
      : "WordPress is having trouble";
  const ours = code === undefined ? undefined : ourTroubles[code];
  return no(status, { kind: "unavailable", says, ...(ours !== undefined && { code: ours }) });
}

const ourTroubles: Readonly<Record<string, string>> = {
  rest_upload_sideload_error: "file_refused",
  rest_trash_not_supported: "no_trash",
};

function no(status: number, { kind, says, code, retryAfterMs }: Refusal): PublishError {
  return new PublishError(kind satisfies PublishErrorKind, says, {
    status,
    ...(code !== undefined && { code }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}
