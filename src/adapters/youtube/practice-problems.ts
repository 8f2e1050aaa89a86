import type { PracticeReply } from "../../practice/kit.ts";

/** Google's one shape for a no. https://developers.google.com/youtube/v3/docs/errors */
export function problem(
  status: number,
  reason: string,
  message: string,
  domain = "youtube.video",
  more: Readonly<Record<string, string>> = {},
): PracticeReply {
  const { status: name, ...where } = more;
  const error = { code: status, message, errors: [{ message, domain, reason, ...where }] };
  return { status, body: { error: { ...error, ...(name !== undefined && { status: name }) } } };
}

export function unauthorized(): PracticeReply {
  return problem(401, "authError", "Invalid Credentials", "global", {
    location: "Authorization",
    locationType: "header",
    status: "UNAUTHENTICATED",
  });
}

/** YouTube never says when to come back. */
export function rateLimited(): PracticeReply {
  return problem(403, "rateLimitExceeded", "Rate Limit Exceeded", "usageLimits");
}

export function quotaExceeded(): PracticeReply {
  return problem(
    403,
    "quotaExceeded",
    'The request cannot be completed because you have exceeded your <a href="/youtube/v3/getting-started#quota">quota</a>.',
    "youtube.quota",
  );
}

export function badRequest(message: string): PracticeReply {
  return problem(400, "badRequest", message, "global", { status: "INVALID_ARGUMENT" });
}

export function missingParameter(name: string): PracticeReply {
  return problem(
    400,
    "missingRequiredParameter",
    `No filter or part selected: ${name}`,
    "youtube.parameter",
    {
      location: name,
      locationType: "parameter",
    },
  );
}

export function videoNotFound(): PracticeReply {
  return problem(404, "videoNotFound", "The video that you are looking for cannot be found.");
}

export function forbidden(): PracticeReply {
  return problem(403, "forbidden", "Forbidden", "youtube.common");
}

/** For the ledger. */
export function reasonOf({ status, body }: PracticeReply): string {
  const { error } = (body ?? {}) as { error?: { errors?: readonly { reason?: string }[] } };
  return `${status}: ${error?.errors?.[0]?.reason ?? "refused"}`;
}
