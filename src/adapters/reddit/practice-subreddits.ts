import type { Requirements } from "./subreddit.ts";

/** A subreddit of the practice network. */
export interface PracticeSubreddit {
  readonly name: string;
  readonly submissionType: "any" | "link" | "self";
  readonly images: boolean;
  readonly galleries: boolean;
  readonly videos: boolean;
  readonly flairs: readonly { readonly id: string; readonly text: string }[];
  readonly requirements: Requirements & { readonly link_repost_age?: number };
  /** What keeps everyone out, if anything does. */
  readonly closed?: "restricted" | "private" | "banned" | "user_banned";
  /** Its filter takes away what was posted; `slow`: nobody may post again so soon. */
  readonly moderation?: "removes" | "slow";
}

const open: Omit<PracticeSubreddit, "name"> = {
  submissionType: "any",
  images: true,
  galleries: true,
  videos: true,
  flairs: [
    { id: "8f1c2d3e-0000-4000-8000-000000000001", text: "Announcement" },
    { id: "8f1c2d3e-0000-4000-8000-000000000002", text: "Question & answer" },
  ],
  requirements: {},
};

const special: readonly PracticeSubreddit[] = [
  { ...open, name: "Clarion" },
  { ...open, name: "LinksOnly", submissionType: "link" },
  { ...open, name: "TextOnly", submissionType: "self", images: false, galleries: false, videos: false },
  { ...open, name: "NoPictures", images: false, galleries: false },
  { ...open, name: "NoGalleries", galleries: false },
  { ...open, name: "NoVideos", videos: false },
  { ...open, name: "FlairNeeded", requirements: { is_flair_required: true } },
  {
    ...open,
    name: "Strict",
    requirements: {
      title_text_min_length: 10,
      title_text_max_length: 60,
      title_blacklisted_strings: ["free money"],
      title_required_strings: ["[News]", "[Petition]"],
      body_restriction_policy: "required",
      body_text_min_length: 10,
      body_blacklisted_strings: ["click here"],
      link_restriction_policy: "blacklist",
      domain_blacklist: ["spam.example"],
      domain_whitelist: ["kept-but-not-in-force.example"],
      gallery_max_items: 3,
      link_repost_age: 7,
    },
  },
  { ...open, name: "TitlesOnly", requirements: { body_restriction_policy: "notAllowed" } },
  { ...open, name: "MembersOnly", closed: "restricted" },
  { ...open, name: "Hidden", closed: "private" },
  { ...open, name: "Closed", closed: "banned" },
  { ...open, name: "BannedMe", closed: "user_banned" },
  { ...open, name: "Filtered", moderation: "removes" },
  { ...open, name: "TooSoon", moderation: "slow" },
];
const byName = new Map(special.map((subreddit) => [subreddit.name.toLowerCase(), subreddit]));
const missing = new Set(["nosuchplace"]);

/** As on Reddit, nearly every word is a subreddit. A profile is its owner's alone. */
export function subredditNamed(name: string, userName: string): PracticeSubreddit | undefined {
  if (missing.has(name.toLowerCase())) return undefined;
  const known = byName.get(name.toLowerCase());
  if (known) return known;
  if (/^u_/i.test(name)) {
    const isOwn = name.slice(2).toLowerCase() === userName.toLowerCase();
    return { ...open, name, flairs: [], ...(!isOwn && { closed: "restricted" as const }) };
  }
  return /^\w{2,21}$/.test(name) ? { ...open, name } : undefined;
}
