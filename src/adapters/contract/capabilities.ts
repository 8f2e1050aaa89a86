import type { MediaKind } from "../../domain/post.ts";

/** What a platform accepts. Data only: it is served to the web app and to scripts as is. */
export interface Capabilities {
  readonly text: {
    /** In the platform's own unit; see `Adapter.measure`. */
    readonly max: number;
    /** A post without text needs media instead. */
    readonly required: boolean;
  };
  /** `field`: the link travels by itself. `in_text`: it is put on a line of its own below the text, and counted. */
  readonly link: "field" | "in_text";
  readonly media: MediaRules;
  /** Longest chain of further parts, or null where the platform has no threads. */
  readonly thread: { readonly maxParts: number } | null;
  readonly firstComment: { readonly max: number } | null;
  readonly options: readonly OptionRule[];
  readonly recovery: Recovery;
  /** How long an answerless request may still take effect at the platform. Never look earlier. */
  readonly settleMs: number;
  readonly delete: boolean;
  /** Whether the words of what is public can be changed, its files staying. */
  readonly edit: boolean;
  readonly metrics: readonly MetricName[];
  readonly budgets: readonly Budget[];
  readonly policy: Policy;
}

export interface MediaRules {
  readonly required: boolean;
  readonly max: number;
  /** Whether images and videos may stand in one post. */
  readonly mixed: boolean;
  /** 0: the platform has none, and a file's stays behind. */
  readonly altTextMax: number;
  /** The post has one alt text for all of its files: theirs are joined. */
  readonly altTextPerPost?: true;
  readonly types: Readonly<Partial<Record<MediaKind, MediaLimit>>>;
}

export interface MediaLimit {
  readonly mimeTypes: readonly string[];
  readonly maxBytes: number;
  /** The file travels in the very request that publishes, as it is or as base64; absent: it was uploaded before. */
  readonly sentWithPost?: "as_is" | "base64";
  /** How many of this kind in one post, where it is fewer than `media.max`. */
  readonly max?: number;
  /** Never by itself, only beside a file of this kind: a video's cover. */
  readonly beside?: MediaKind;
  readonly minDurationMs?: number;
  readonly maxDurationMs?: number;
  /** Width divided by height. */
  readonly minAspect?: number;
  readonly maxAspect?: number;
  readonly minWidth?: number;
  /** Wider than this is made smaller where we can, and refused where we cannot. */
  readonly maxWidth?: number;
  /** Width times height. */
  readonly maxPixels?: number;
  /** Of videos: `avc`, `hevc`, `vp8`, `vp9`, `av1`. Absent: whatever the container holds. */
  readonly videoCodecs?: readonly string[];
  /** Of videos: `aac`, `mp3`, `opus`, `vorbis`. */
  readonly audioCodecs?: readonly string[];
}

export interface OptionRule {
  readonly name: string;
  readonly type: "string" | "boolean" | "strings";
  readonly required: boolean;
  readonly values?: readonly string[];
  readonly maxLength?: number;
  /** The values live at the platform: `Adapter.choices` lists them. */
  readonly choices?: true;
}

/** How we learn the fate of a publish whose answer was lost. */
export type Recovery =
  | { readonly by: "client_id" } // we choose the post's id: look it up
  | { readonly by: "idempotency_key"; readonly ttlMs: number } // resending returns the original, for a while
  | { readonly by: "handle" } // what `prepare` made can be asked, and is consumed by publishing once
  | { readonly by: "search"; readonly windowMs: number } // read our recent posts and match
  | { readonly by: "human" }; // the platform cannot tell us

export type MetricName = "views" | "likes" | "reposts" | "replies" | "clicks" | "saves";

/** A published limit on how much may be posted. */
export interface Budget {
  readonly scope: "account" | "app";
  readonly max: number;
  readonly windowMs: number;
  /** Counted per calendar day in this IANA zone, instead of over the window that ends now. */
  readonly dayIn?: string;
  readonly source: string;
}

/** What the platform's own headers say of a budget. */
export interface BudgetReading {
  readonly scope: "account" | "app";
  /** Whether the platform counts posts or every request. */
  readonly of: "posts" | "requests";
  /** How many are left; 0 while it asks us to wait. */
  readonly remaining: number;
  /** Until it is full again. */
  readonly resetMs: number;
}

/** What the platform says about many people posting one message, with where and when it says so. */
export interface Policy {
  readonly identicalContent: "allowed" | "discouraged" | "forbidden";
  readonly note: string;
  readonly source: string;
}
