/** Least scopes we need; `read:statuses` is also what listening takes. https://docs.joinmastodon.org/api/oauth-scopes/ (checked 2026-11) */
export const scopes = ["read:accounts", "read:statuses", "write:media", "write:statuses"] as const;
