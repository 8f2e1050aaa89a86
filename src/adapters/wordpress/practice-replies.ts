import type { PracticeNetwork, PracticeReply, PracticeRequest } from "../../practice/kit.ts";

/** WordPress's own errors: https://developer.wordpress.org/reference/classes/wp_error/ (checked 2026-11) */
export function problem(
  status: number,
  code: string,
  message: string,
  more: Readonly<Record<string, unknown>> = {},
): PracticeReply {
  return { status, body: { code, message, data: { status, ...more } } };
}

export function invalidParam(name: string, says: string): PracticeReply {
  return problem(400, "rest_invalid_param", `Invalid parameter(s): ${name}`, {
    params: { [name]: says },
    details: { [name]: { code: "rest_invalid_param", message: says, data: null } },
  });
}

/** A page of the host in front of the site, who knows nothing of WordPress. */
export function hostPage(
  status: number,
  title: string,
  headers: Readonly<Record<string, string>> = {},
): PracticeReply {
  return {
    status,
    headers: { "content-type": "text/html", ...headers },
    body: `<html>\r\n<head><title>${status} ${title}</title></head>\r\n<body>\r\n<center><h1>${status} ${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`,
  };
}

/** Only the fields that were asked for. https://developer.wordpress.org/rest-api/using-the-rest-api/global-parameters/#_fields (checked 2026-11) */
export function picked(entity: Readonly<Record<string, unknown>>, { query }: PracticeRequest): unknown {
  const fields = query.get("_fields");
  if (!fields) return entity;
  return Object.fromEntries(
    fields.split(",").flatMap((name) => (name in entity ? [[name, entity[name]]] : [])),
  );
}

/** One page of a list, with its totals in the headers. */
export function pageOf<T>(
  items: readonly T[],
  request: PracticeRequest,
  entity: (item: T) => Readonly<Record<string, unknown>>,
): PracticeReply {
  const perPage = Number(request.query.get("per_page") ?? 10);
  if (!(perPage >= 1 && perPage <= 100))
    return invalidParam("per_page", "per_page must be between 1 (inclusive) and 100 (inclusive)");
  const page = Number(request.query.get("page") ?? 1);
  const pages = Math.ceil(items.length / perPage);
  if (page > pages && items.length > 0)
    return problem(
      400,
      "rest_post_invalid_page_number",
      "The page number requested is larger than the number of pages available.",
    );
  return {
    status: 200,
    headers: { "x-wp-total": String(items.length), "x-wp-totalpages": String(pages) },
    body: items.slice((page - 1) * perPage, page * perPage).map((item) => picked(entity(item), request)),
  };
}

/** Numbers grow with gaps, since drafts and revisions are counted too. Posts and files share theirs. */
export function nextId(network: PracticeNetwork, kind: "post" | "comment" | "term" | "user"): number {
  const counters = network.collection<number>("counters");
  const id = (counters.get(kind) ?? 11) + 7;
  counters.put(kind, id);
  return id;
}

export function objectIn({ json }: PracticeRequest): Readonly<Record<string, unknown>> {
  return json !== null && typeof json === "object" ? (json as Record<string, unknown>) : {};
}
