import type { Issue, Media, Options, Variant } from "../../domain/post.ts";
import { transferMs } from "../../domain/send-time.ts";
import { defaultTimings } from "../../domain/timings.ts";
import type { Adapter } from "./adapter.ts";
import { bytesWithPost } from "./bytes-with-post.ts";
import type { MediaLimit, MediaRules, OptionRule } from "./capabilities.ts";
import { fitted } from "./fit.ts";
import { textWithLink } from "./text.ts";

const kinds = ["image", "video"] as const;
const called = { image: "a picture", video: "a video" };

/** Length of what is sent, as the platform counts it: with the link where it travels in the text. */
export function lengthOf(adapter: Adapter<never>, variant: Pick<Variant, "text" | "link">): number {
  return adapter.measure(adapter.capabilities.link === "in_text" ? textWithLink(variant) : variant.text);
}

/** The same answer in the composer, the API and the worker: of the variant with its pictures made to fit. Pure. */
export function validate(adapter: Adapter<never>, given: Variant): Issue[] {
  const variant = fitted(adapter, given);
  return [
    ...textIssues(adapter, variant),
    ...mediaIssues(adapter, variant),
    ...fitWarnings(adapter, given, variant),
    ...slowWarnings(adapter, variant),
    ...optionIssues(adapter, variant.options),
    ...(adapter.extraRules?.(variant) ?? []),
  ];
}

/** People should know what becomes of their picture's shape; that it becomes another format or smaller concerns nobody. */
function fitWarnings({ displayName }: Adapter<never>, given: Variant, { media, options }: Variant): Issue[] {
  return media.flatMap(({ width, height }, index): Issue[] => {
    const before = given.media[index];
    if (!before || Math.abs(width / height - before.width / before.height) < 0.02) return [];
    const how = options.fit === "crop" ? "two sides are cut off" : "bars are added at two sides";
    return [
      {
        code: "media_fitted",
        field: `media/${index}`,
        severity: "warning",
        message: `${displayName} does not take this shape: ${how}, ${width} × ${height}`,
      },
    ];
  });
}

/** Files that travel with the post are waited for as long as the slowest line takes, up to a bound. */
function slowWarnings({ displayName, capabilities }: Adapter<never>, { media }: Variant): Issue[] {
  const { sendTimeoutMs, longestSendMs } = defaultTimings;
  const bytes = bytesWithPost(capabilities.media, media);
  if (sendTimeoutMs + transferMs(defaultTimings, bytes) <= longestSendMs) return [];
  const minutes = Math.round(longestSendMs / 60_000);
  const needed = Math.ceil((bytes * 8) / 1000 / (longestSendMs - sendTimeoutMs));
  return [
    {
      code: "media_slow",
      field: "media",
      severity: "warning",
      message: `${displayName} takes the files together with the post, and after ${minutes} minutes it is given up: these ${Math.round(bytes / 1_000_000)} MB need a line that uploads ${needed} Mbit/s. Make them smaller if yours is slower`,
    },
  ];
}

function textIssues(adapter: Adapter<never>, variant: Variant): Issue[] {
  const { text, firstComment, link } = adapter.capabilities;
  const max = variant.role === "comment" ? (firstComment?.max ?? text.max) : text.max;
  const length = lengthOf(adapter, variant);
  if (length > max)
    return [
      error(
        "text_too_long",
        "text",
        `${adapter.displayName}: the text is ${length} of at most ${max} characters, ${length - max} too many`,
      ),
    ];
  const says = variant.media.length > 0 || (link === "field" && variant.link !== null);
  if (length === 0 && (text.required || !says))
    return [error("text_missing", "text", `${adapter.displayName} needs a text`)];
  return [];
}

function mediaIssues(adapter: Adapter<never>, variant: Variant): Issue[] {
  const { media } = adapter.capabilities;
  const issues: Issue[] = [];
  const name = adapter.displayName;
  if (media.required && variant.role === "post" && variant.media.length === 0)
    issues.push(error("media_required", "media", `${name} needs ${standalone(media)}`));
  if (variant.media.length > media.max)
    issues.push(
      error(
        "too_many_media",
        "media",
        `${name} takes at most ${media.max} files, not ${variant.media.length}`,
      ),
    );
  if (!media.mixed && new Set(variant.media.map((item) => item.kind)).size > 1)
    issues.push(error("media_mixed", "media", `${name} does not mix pictures and videos in one post`));
  issues.push(...kindIssues(name, media, variant.media));
  for (const [index, item] of variant.media.entries()) {
    const issue = fileIssue(name, item, media.types[item.kind], `media/${index}`);
    if (issue) issues.push(issue);
    const words = altTextIssue(name, item, media.altTextMax, `media/${index}`);
    if (words) issues.push(words);
  }
  return issues;
}

function kindIssues(name: string, rules: MediaRules, files: readonly Media[]): Issue[] {
  const issues: Issue[] = [];
  const countOf = (kind: string) => files.filter((file) => file.kind === kind).length;
  for (const kind of kinds) {
    const { max, beside } = rules.types[kind] ?? {};
    const count = countOf(kind);
    if (beside && count > 0 && countOf(beside) === 0)
      issues.push(
        error("media_required", "media", `${name} takes ${called[kind]} only beside ${called[beside]}`),
      );
    if (max !== undefined && count > max && count <= rules.max)
      issues.push(error("too_many_media", "media", `${name} takes at most ${max} ${kind}s, not ${count}`));
  }
  return issues;
}

/** What a post may consist of by itself: `a picture or a video`. */
function standalone({ types }: MediaRules): string {
  const alone = kinds.filter((kind) => types[kind] && !types[kind].beside);
  return alone.map((kind) => called[kind]).join(" or ");
}

/** A platform without alt texts is no reason not to write one: it stays behind, and the author knows. */
function altTextIssue(name: string, { altText }: Media, max: number, field: string): Issue | undefined {
  if (altText.length <= max) return undefined;
  if (max > 0)
    return error("alt_text_too_long", field, `${name} takes at most ${max} characters of alt text`);
  const message = `${name} has no alt text for files`;
  return { code: "alt_text_left_out", field, message, severity: "warning" };
}

function fileIssue(
  name: string,
  item: Media,
  limit: MediaLimit | undefined,
  field: string,
): Issue | undefined {
  if (!limit?.mimeTypes.includes(item.mimeType))
    return error("media_type", field, `${name} does not take ${item.mimeType}`);
  if (item.bytes > limit.maxBytes)
    return error(
      "media_too_large",
      field,
      `${name} takes files of at most ${limit.maxBytes} bytes, this one has ${item.bytes}`,
    );
  const aspect = item.width / item.height;
  if (aspect < (limit.minAspect ?? 0) || aspect > (limit.maxAspect ?? Number.POSITIVE_INFINITY))
    return error(
      "media_aspect",
      field,
      `${name} takes shapes from ${limit.minAspect} to ${limit.maxAspect} (width by height), this one is ${aspect.toFixed(2)}`,
    );
  if (item.width > (limit.maxWidth ?? Number.POSITIVE_INFINITY))
    return error(
      "media_too_wide",
      field,
      `${name} takes at most ${limit.maxWidth} pixels of width, this file has ${item.width}`,
    );
  if (item.width < (limit.minWidth ?? 0))
    return error(
      "media_too_small",
      field,
      `${name} needs at least ${limit.minWidth} pixels of width, this file has ${item.width}`,
    );
  return codecIssue(name, item, limit, field) ?? durationIssue(name, item, limit, field);
}

function codecIssue(name: string, item: Media, limit: MediaLimit, field: string): Issue | undefined {
  const { videoCodecs, audioCodecs } = limit;
  const { videoCodec, audioCodec } = item;
  if (videoCodec && videoCodecs && !videoCodecs.includes(videoCodec))
    return error(
      "media_codec",
      field,
      `${name} takes videos in ${videoCodecs.join(" or ")}, this one is ${videoCodec}`,
    );
  if (audioCodec && audioCodecs && !audioCodecs.includes(audioCodec))
    return error(
      "media_codec",
      field,
      `${name} takes sound in ${audioCodecs.join(" or ")}, this one is ${audioCodec}`,
    );
  return undefined;
}

function durationIssue(name: string, item: Media, limit: MediaLimit, field: string): Issue | undefined {
  const durationMs = item.durationMs ?? 0;
  const [minMs, maxMs] = [limit.minDurationMs ?? 0, limit.maxDurationMs ?? Number.POSITIVE_INFINITY];
  if (item.kind !== "video" || (durationMs >= minMs && durationMs <= maxMs)) return undefined;
  const range = `${seconds(minMs)} to ${seconds(maxMs)}`;
  return error(
    "media_duration",
    field,
    `${name} takes videos of ${range}, this one lasts ${seconds(durationMs)}`,
  );
}

function optionIssues(adapter: Adapter<never>, options: Options): Issue[] {
  const rules = new Map(adapter.capabilities.options.map((rule) => [rule.name, rule]));
  const issues: Issue[] = [];
  for (const rule of rules.values())
    if (rule.required && options[rule.name] === undefined)
      issues.push(
        error(
          "option_missing",
          `options/${rule.name}`,
          `${adapter.displayName} needs the option ${rule.name}`,
        ),
      );
  for (const [name, value] of Object.entries(options)) {
    const problem = optionProblem(rules.get(name), value);
    if (problem)
      issues.push(error(problem.code, `options/${name}`, `${adapter.displayName}: ${name} ${problem.says}`));
  }
  return issues;
}

function optionProblem(
  rule: OptionRule | undefined,
  value: Options[string],
): { code: string; says: string } | undefined {
  if (!rule) return { code: "option_unknown", says: "is not an option here" };
  const type = Array.isArray(value) ? "strings" : typeof value;
  if (type !== rule.type) return { code: "option_invalid", says: `must be ${rule.type}` };
  if (typeof value === "string" && rule.values && !rule.values.includes(value))
    return { code: "option_invalid", says: `must be one of ${rule.values.join(", ")}` };
  if (typeof value === "string" && value.length > (rule.maxLength ?? Number.POSITIVE_INFINITY))
    return { code: "option_invalid", says: `has ${value.length} of at most ${rule.maxLength} characters` };
  return undefined;
}

function error(code: string, field: string, message: string): Issue {
  return { code, field, message, severity: "error" };
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}
