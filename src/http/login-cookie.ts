import type { Request, Response } from "express";
import { newSecret } from "../accounts/oauth/secrets.ts";

const name = "clarion_login";
const lifeSeconds = 30 * 60;

/** The browser that a login is bound to: by a cookie that no script reads and no other site sends along with a form. */
export function browserOf(request: Request): string {
  const found = new RegExp(`(?:^|;\\s*)${name}=([\\w-]{43})(?:;|$)`).exec(request.headers.cookie ?? "");
  return found?.[1] ?? "";
}

/** @returns the browser's cookie, given to it now where it had none */
export function knowBrowser(request: Request, response: Response, publicUrl: string): string {
  const browser = browserOf(request) || newSecret();
  const secure = publicUrl.startsWith("https:") ? "; Secure" : "";
  const cookie = `${name}=${browser}; Path=/oauth; Max-Age=${lifeSeconds}; HttpOnly; SameSite=Lax${secure}`;
  response.setHeader("Set-Cookie", cookie);
  return browser;
}
