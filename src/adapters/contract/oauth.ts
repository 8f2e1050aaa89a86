import type { Call, HttpAnswer, Identity } from "./adapter.ts";
import type { PublishError } from "./publish-error.ts";

/**
 * A platform's OAuth 2 flow as data; `src/accounts/oauth` runs it. Only what the platform does in its own way is code.
 * Every function throws PublishError, as the adapter's others do.
 */
export interface OAuthFlow {
  /** Where a person says yes, below `hosts.signIn ?? hosts.web`, and parameters that the platform wants besides. */
  readonly authorize: { readonly path: string; readonly params?: Readonly<Record<string, string>> };
  /** Where codes are traded for tokens, below `hosts.token ?? hosts.api`. */
  readonly tokenPath: string;
  /** Where a token is given back (RFC 7009), below the same host; absent: the platform takes none back so. */
  readonly revokePath?: string;
  /** Whether the platform checks a PKCE verifier (S256). */
  readonly pkce: boolean;
  /** How the app proves itself at the token endpoint. */
  readonly clientAuth: "basic" | "post";
  /** Between scopes; a blank unless told. */
  readonly scopeSeparator?: ",";
  /** What only some apps are given, and the adapter can use: asked for where an app is said to have it. */
  readonly moreScopes?: readonly string[];
  /** What it says, at the address people come back to, in place of these words of RFC 6749. */
  readonly authorizeErrors?: Readonly<Record<string, "access_denied" | "invalid_scope">>;
  /** Headers the token endpoint wants besides. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The platform's own answer in the form of RFC 6749; absent: it has that form. */
  normalise?(answer: unknown): unknown;
  /** What a refusal of the token endpoint means, where it is not told in that form. */
  refusal?(answer: HttpAnswer): Promise<PublishError>;
  /** A longer-lived token for the one that was just given. */
  lengthen?(token: TokenSet, app: AppCredentials, place: OAuthPlace): Promise<TokenSet>;
  /** A fresh token for one that still works, on platforms without refresh tokens. */
  renew?(token: TokenSet, app: AppCredentials, place: OAuthPlace): Promise<TokenSet>;
  /** Gives a token back where that is no RFC 7009 request. Twice is not an error. */
  revoke?(token: TokenSet, app: AppCredentials, place: OAuthPlace): Promise<void>;
  /** Makes our app known to a server, on platforms that are many servers. */
  registerApp?(redirectUri: string, place: OAuthPlace): Promise<AppCredentials>;
  /** Whether that server still knows the app: servers forget those through which nobody logged in. */
  knowsApp?(app: AppCredentials, place: OAuthPlace): Promise<boolean>;
  /**
   * Everyone this login may post as. Absent: the one that `identify` tells.
   * @param login what was granted, and the app it went through
   */
  identities?(
    call: Call<never>,
    login: { readonly scopes: readonly string[]; readonly app: AppCredentials },
  ): Promise<readonly LinkableIdentity[]>;
}

/**
 * A login that data cannot describe: its conversation is held in the platform's folder, with the client that the
 * platform's makers give. Who may finish it, in which browser and until when, `src/accounts/oauth` says as everywhere.
 */
export interface OwnOAuthFlow extends Pick<OAuthFlow, "identities"> {
  /** Makes our app: its client id is an address of ours below `redirectUri`'s `client/`, or one that needs no page. */
  registerApp(redirectUri: string, place: OAuthPlace): Promise<AppCredentials>;
  /** What anybody may read at that address. */
  describeApp(app: AppCredentials): Promise<Readonly<Record<string, unknown>>>;
  /**
   * Finds out where this person logs in; before the link is given out, so that a refusal is still told.
   * @returns what it takes to finish the login; kept sealed until then
   */
  begin(person: LoginHint, app: AppCredentials, place: OAuthPlace): Promise<string>;
  /** Where a person goes to say yes. May be asked twice for one login. */
  authorizeUrl(login: BegunLogin, app: AppCredentials, place: OAuthPlace): Promise<string>;
  /** The tokens for what the platform sent a person back with. The state was checked already. */
  tradeCode(
    returned: URLSearchParams,
    login: BegunLogin,
    app: AppCredentials,
    place: OAuthPlace,
  ): Promise<TokenSet>;
  /** Fresh tokens for a refresh token, which may be good once. */
  renewToken(token: TokenSet, app: AppCredentials, place: OAuthPlace): Promise<TokenSet>;
  /** Gives the login back. Twice is not an error. */
  revoke(token: TokenSet, app: AppCredentials, place: OAuthPlace): Promise<void>;
  /** What is renewed here has a refresh token. */
  readonly renew?: never;
  readonly knowsApp?: never;
  readonly moreScopes?: never;
}

export function isOwnFlow(flow: OAuthFlow | OwnOAuthFlow): flow is OwnOAuthFlow {
  return "begin" in flow;
}

/** What is known of a person before they log in. */
export interface LoginHint {
  /** A server or a name, as they typed it. */
  readonly instance?: string | undefined;
  /** Of the account that is connected again. */
  readonly externalId?: string | undefined;
}

export interface BegunLogin {
  readonly redirectUri: string;
  readonly state: string;
  /** What `begin` gave. */
  readonly verifier: string;
}

/** Our app, as the platform knows it. */
export interface AppCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  /** All that the platform gave this app; absent: the least that every app gets. */
  readonly scopes?: readonly string[] | undefined;
}

/** What a login gives. */
export interface TokenSet {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  /** Of the access token; null: not known, or never. */
  readonly expiresAt: Date | null;
  readonly scopes: readonly string[];
  /** What else the login is used with, in the account's credentials: a key its tokens are bound to. */
  readonly extra?: Readonly<Record<string, string>>;
  /** The server the account turned out to be at, on platforms that are many; an origin. */
  readonly server?: string;
}

export type OAuthPlace = Pick<Call<never>, "baseUrl" | "fetch" | "now" | "signal">;

export interface LinkableIdentity extends Identity {
  /** Credentials of its own, beside the login's: a page's token. Absent: it shares the login with its siblings. */
  readonly credentials?: Readonly<Record<string, string>>;
}
