import type { PracticeNetwork, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { nextId, objectIn, pageOf, problem } from "./practice-replies.ts";
import { sanitizedSlug } from "./practice-slugs.ts";
import { categories, type Term, tagsOf } from "./practice-term-list.ts";

// https://developer.wordpress.org/rest-api/reference/categories/#list-categorys (checked 2026-11)
export function listCategories(request: PracticeRequest): PracticeReply {
  return pageOf(categories, request, (term) => ({ ...term, taxonomy: "category", parent: 0 }));
}

export function createCategory(): PracticeReply {
  return problem(403, "rest_cannot_create", "Sorry, you are not allowed to create terms in this taxonomy.");
}

export function listTags(request: PracticeRequest, network: PracticeNetwork): PracticeReply {
  return pageOf(tagsOf(network), request, (term) => ({ ...term, taxonomy: "post_tag" }));
}

// https://developer.wordpress.org/rest-api/reference/tags/#create-a-tag (checked 2026-11)
export function createTag(request: PracticeRequest, network: PracticeNetwork): PracticeReply {
  const { name } = objectIn(request);
  if (typeof name !== "string")
    return problem(400, "rest_missing_callback_param", "Missing parameter(s): name", { params: ["name"] });
  if (name.trim() === "") return problem(500, "empty_term_name", "A name is required for this term.");
  const slug = sanitizedSlug(name);
  const tags = network.collection<Term>("tags");
  const known = tags.get(slug);
  if (known)
    return problem(400, "term_exists", "A term with the name provided already exists with this parent.", {
      term_id: known.id,
    });
  const kept = name.trim().replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const tag: Term = { id: nextId(network, "term"), slug, name: kept };
  tags.put(slug, tag);
  return { status: 201, body: { ...tag, taxonomy: "post_tag" } };
}
