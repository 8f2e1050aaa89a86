import type { HttpAnswer } from "../../adapters/contract/adapter.ts";
import type { Party } from "./client.ts";

/** What oauth4webapi passes on. */
interface TokenRequest {
  readonly body?: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly method: string;
  readonly signal?: AbortSignal;
}

/**
 * The guarded client in the form oauth4webapi asks for, with the platforms' own ways taken off: answers in another
 * shape, and refusals that come with 200.
 */
export function tokenFetch({ flow, place }: Pick<Party, "flow" | "place">) {
  return async (url: string, { body, headers, method, signal }: TokenRequest): Promise<Response> => {
    const answer = await place.fetch(url, {
      method,
      headers: { ...headers, ...flow.headers },
      body: body === undefined || body === null ? null : String(body),
      redirect: "manual",
      signal: signal ?? place.signal,
    });
    if (!answer.ok && flow.refusal) throw await flow.refusal(answer);
    return normal(answer, flow);
  };
}

async function normal(answer: HttpAnswer, flow: Party["flow"]): Promise<Response> {
  const text = await answer.text();
  const json = parsed(text);
  if (json === undefined) return new Response(text || null, { status: answer.status });
  const said = (answer.ok ? flow.normalise?.(json) : undefined) ?? json;
  const isRefusal = answer.ok && typeof (said as { error?: unknown } | null)?.error === "string";
  return new Response(JSON.stringify(withTokenType(said)), {
    status: isRefusal ? 400 : answer.status,
    headers: { "content-type": "application/json" },
  });
}

/** LinkedIn and Meta leave it out: https://www.rfc-editor.org/rfc/rfc6749#section-5.1 requires it. */
function withTokenType(answer: unknown): unknown {
  if (typeof answer !== "object" || answer === null || !("access_token" in answer)) return answer;
  return { token_type: "bearer", ...answer };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
