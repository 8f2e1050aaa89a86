import type { Hosts } from "../contract/adapter.ts";

/** What an account that was linked by logging in is used with. https://atproto.com/specs/oauth (checked 2026-11) */
export interface LoginCredentials {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Whose login it is. */
  readonly did: string;
  /** Who gave it: an origin. */
  readonly issuer: string;
  /** The account's own server, the only one its access token is good at. */
  readonly server: string;
  /** The private key (a JWK as JSON) that the tokens are bound to. */
  readonly dpopKey: string;
}

export function isLogin(credentials: object): credentials is LoginCredentials {
  return "dpopKey" in credentials;
}

/** Where we get at an address of theirs: people may know the practice network by another one than we do. */
export function reached({ signIn, api }: Hosts, url: string): string {
  const { origin } = new URL(url);
  if (signIn === undefined || origin !== new URL(signIn).origin) return url;
  return new URL(api).origin + url.slice(origin.length);
}
