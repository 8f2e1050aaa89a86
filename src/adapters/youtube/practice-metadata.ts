import type { PracticeReply } from "../../practice/kit.ts";
import { badRequest, problem } from "./practice-problems.ts";
import { isObject, type Shape } from "./practice-shapes.ts";
import type { NewVideo } from "./practice-state.ts";
import { maxTagCharacters, measure, tagCharacters } from "./rules.ts";

const statusBody: Shape = {
  privacyStatus: null,
  publishAt: null,
  selfDeclaredMadeForKids: null,
  embeddable: null,
  license: null,
  publicStatsViewable: null,
  containsSyntheticMedia: null,
};
const snippetBody: Shape = {
  title: null,
  description: null,
  tags: null,
  categoryId: null,
  defaultLanguage: null,
  defaultAudioLanguage: null,
};
export const videoBody: Shape = { snippet: snippetBody, status: statusBody };
export const statusUpdate: Shape = { id: null, status: statusBody };
export const snippetUpdate: Shape = { id: null, snippet: snippetBody };

/** What YouTube refuses of a video's texts before it takes a byte. */
export function newVideoFrom(body: Readonly<Record<string, unknown>>): NewVideo | PracticeReply {
  const snippet = snippetFrom({ categoryId: "22", ...(isObject(body.snippet) && body.snippet) });
  if ("status" in snippet) return snippet;
  const status = statusFrom(body.status);
  return "status" in status ? status : { ...snippet, ...status };
}

/** All of it, every time: what an update leaves out is deleted. */
export function snippetFrom(
  given: unknown,
): Pick<NewVideo, "title" | "description" | "tags" | "categoryId"> | PracticeReply {
  const { title, description = "", tags = [], categoryId } = isObject(given) ? given : {};
  if (typeof title !== "string" || title.trim() === "" || title.length > 100 || /[<>]/.test(title))
    return problem(400, "invalidTitle", "The request metadata specifies an invalid or empty video title.");
  if (typeof description !== "string" || measure(description) > 5000 || /[<>]/.test(description))
    return problem(400, "invalidDescription", "The request metadata specifies an invalid video description.");
  if (!isTags(tags) || tagCharacters(tags) > maxTagCharacters)
    return problem(400, "invalidTags", "The request metadata specifies invalid video keywords.");
  if (typeof categoryId !== "string" || !/^\d{1,2}$/.test(categoryId))
    return problem(
      400,
      "invalidCategoryId",
      "The snippet.categoryId property specifies an invalid category ID.",
    );
  return { title: title.trim(), description: description.trim(), tags, categoryId };
}

/** Since November 2026 a video without a privacy is public. */
export function statusFrom(
  given: unknown,
): Pick<NewVideo, "privacyStatus" | "selfDeclaredMadeForKids"> | PracticeReply {
  const { privacyStatus = "public", selfDeclaredMadeForKids = false } = isObject(given) ? given : {};
  if (typeof privacyStatus !== "string" || !["public", "unlisted", "private"].includes(privacyStatus))
    return badRequest("Invalid value at 'video.status.privacy_status' (type.googleapis.com/PrivacyStatus)");
  if (typeof selfDeclaredMadeForKids !== "boolean")
    return badRequest("Invalid value at 'video.status.self_declared_made_for_kids' (TYPE_BOOL)");
  return { privacyStatus, selfDeclaredMadeForKids };
}

function isTags(tags: unknown): tags is readonly string[] {
  return (
    Array.isArray(tags) &&
    tags.every((tag) => typeof tag === "string" && tag.trim() !== "" && !/[<>]/.test(tag))
  );
}
