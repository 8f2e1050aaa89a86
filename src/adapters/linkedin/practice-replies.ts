import type { PracticeReply } from "../../practice/kit.ts";

/** https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/error-handling (checked 2026-11) */
export function problem(status: number, code: string, message: string): PracticeReply {
  return { status, body: { status, code, message } };
}

export function emptyToken(): PracticeReply {
  return {
    status: 401,
    body: {
      status: 401,
      serviceErrorCode: 401,
      code: "EMPTY_ACCESS_TOKEN",
      message: "Empty oauth2_access_token",
    },
  };
}

export function unauthorized(): PracticeReply {
  return {
    status: 401,
    body: {
      status: 401,
      serviceErrorCode: 65600,
      code: "INVALID_ACCESS_TOKEN",
      message: "Invalid access token",
    },
  };
}

/** @param what the resource and method, as LinkedIn names them: `partnerApiPosts.CREATE` */
export function denied(what: string): PracticeReply {
  const message = `Not enough permissions to access: ${what}.20260901`;
  return { status: 403, body: { status: 403, serviceErrorCode: 100, code: "ACCESS_DENIED", message } };
}

export function notFound(what: string): PracticeReply {
  return problem(404, "NOT_FOUND", `Could not find entity ${what}`);
}

export function tooManyRequests(): PracticeReply {
  const message = "Resource level throttle limit for calls to this resource is reached.";
  return { status: 429, body: { status: 429, serviceErrorCode: 101, code: "TOO_MANY_REQUESTS", message } };
}

export function missing(field: string): PracticeReply {
  return problem(
    400,
    "MISSING_FIELD",
    `${field} :: field is required but not found and has no default value`,
  );
}

export function wrong(field: string): PracticeReply {
  return problem(400, "INVALID_VALUE_FOR_FIELD", `${field} :: has an invalid value`);
}

export function tooLong(field: string, max: number): PracticeReply {
  return problem(400, "FIELD_LENGTH_TOO_LONG", `${field} :: length exceeds the maximum allowed (${max})`);
}

/** Fields that do not exist are refused like fields one may not use. */
export function unpermitted(fields: readonly string[]): PracticeReply {
  const message = `Unpermitted fields present in REQUEST_BODY: Data Processing Exception while processing fields [${fields.join(", ")}]`;
  return problem(403, "ACCESS_DENIED", message);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
