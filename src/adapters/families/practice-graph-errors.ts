import { randomBytes } from "node:crypto";
import type { PracticeReply } from "../../practice/kit.ts";

interface Details {
  readonly type?: string;
  readonly subcode?: number;
  readonly title?: string;
  readonly says?: string;
}

/** A no in Meta's words. */
export class GraphRefusal extends Error {
  override readonly name = "GraphRefusal";
  readonly code: number;
  readonly details: Details;

  constructor(code: number, message: string, details: Details = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** Nearly every refusal has status 400; the codes tell them apart. */
export function errorReply(
  { message, code, details }: GraphRefusal,
  headers: Readonly<Record<string, string>> = {},
): PracticeReply {
  const { type = "OAuthException", subcode, title, says } = details;
  return {
    status: 400,
    headers,
    body: {
      error: {
        message,
        type,
        code,
        ...(subcode !== undefined && { error_subcode: subcode, is_transient: false }),
        ...(title !== undefined && { error_user_title: title, error_user_msg: says ?? message }),
        fbtrace_id: `A${randomBytes(16).toString("base64url")}`,
      },
    },
  };
}

/** A login that ended. */
export function unauthorized(): PracticeReply {
  const message =
    "Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.";
  return errorReply(new GraphRefusal(190, message, { subcode: 460 }));
}

/** What a token may not do because its person did not allow it. */
export function withoutPermission(useCase: string, permission = ""): GraphRefusal {
  return useCase === "pages"
    ? new GraphRefusal(200, `(#200) Requires ${permission} permission to manage the object`)
    : new GraphRefusal(10, "(#10) Application does not have permission for this action");
}

let clock = (): Date => new Date();

/** The refusal below names minutes from now, and is asked for without the network whose clock that is. */
export function followClock(now: () => Date): void {
  clock = now;
}

const tooManyCalls = {
  pages: [80001, "(#80001) There have been too many calls to this Page account."],
  instagram: [80002, "(#80002) There have been too many calls to this Instagram account."],
  threads: [4, "(#4) Application request limit reached."],
} as const;

/** The only reset time Meta gives is in whole minutes from now, in this header. */
export function rateLimited(useCase: keyof typeof tooManyCalls, resetAt: Date | null): PracticeReply {
  const minutes =
    resetAt === null ? 0 : Math.max(1, Math.ceil((resetAt.getTime() - clock().getTime()) / 60_000));
  const use = {
    type: useCase,
    call_count: 100,
    total_cputime: 25,
    total_time: 25,
    estimated_time_to_regain_access: minutes,
  };
  const [code, what] = tooManyCalls[useCase];
  const message = `${what} Wait a bit and try again. For more info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.`;
  return errorReply(new GraphRefusal(code, message), {
    "x-business-use-case-usage": JSON.stringify({ "0": [use] }),
  });
}
