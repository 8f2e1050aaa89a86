/** What every app gets with the products "Share on LinkedIn" and "Sign In with LinkedIn". https://learn.microsoft.com/en-us/linkedin/shared/authentication/getting-access (checked 2026-11) */
export const memberScopes = ["openid", "profile", "w_member_social"] as const;

/**
 * What the product "Community Management API" gives vetted organisations. It has to be the only product of its app, which
 * then has neither `openid` nor `profile`: `r_basicprofile` tells the member's name in their place.
 * https://learn.microsoft.com/en-us/linkedin/marketing/increasing-access (checked 2026-11)
 */
export const pageScopes = [
  "r_basicprofile",
  "w_organization_social",
  "r_organization_social",
  "rw_organization_admin",
  // For comments.
  "w_organization_social_feed",
  "r_organization_social_feed",
] as const;
