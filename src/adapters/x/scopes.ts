/** Least scopes we need; without the last there is no refresh token. https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code (checked 2026-11) */
export const scopes = ["tweet.read", "tweet.write", "users.read", "media.write", "offline.access"] as const;
