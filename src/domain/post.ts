/** What a platform is asked to show. A post owns the schedule; each delivery publishes one variant of it. */
export interface Variant {
  /** `post` stands by itself, `reply` is a later part of a thread, `comment` the first comment below a post. */
  readonly role: "post" | "reply" | "comment";
  readonly text: string;
  /** An http(s) URL the post points to, or null. */
  readonly link: string | null;
  readonly media: readonly Media[];
  /** The platform's own options, already checked against its capabilities. */
  readonly options: Options;
}

export type Options = Readonly<Record<string, string | boolean | readonly string[]>>;

/** One file as the rules see it. The bytes are read through `call.media`. */
export interface Media {
  readonly id: string;
  readonly kind: MediaKind;
  readonly mimeType: string;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  /** Null for a still image. */
  readonly durationMs: number | null;
  readonly altText: string;
  /** Of a video, where it is known: `avc`, `hevc`, `vp9`, `av1` …, `aac`, `opus` … */
  readonly videoCodec?: string | null;
  readonly audioCodec?: string | null;
}

export type MediaKind = "image" | "video";

/** One reason a variant cannot go out as it stands (`error`), or something its author should know (`warning`). */
export interface Issue {
  readonly code: string;
  readonly message: string;
  readonly severity: "error" | "warning";
  /** The part of the variant it is about: `text`, `link`, `media`, `media/0`, `options/title`. */
  readonly field: string;
}
