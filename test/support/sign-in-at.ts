import type { RegisteredApp } from "../../src/practice/sign-in.ts";

/** Where a pretend platform signs people in, and the app that asks. */
export interface SignInPlace {
  readonly origin: string;
  readonly authorizePath: string;
  readonly tokenPath: string;
  readonly app: Pick<RegisteredApp, "clientId" | "clientSecret">;
  readonly redirectUri: string;
  readonly scope: string;
}

/** A person says yes, as the pretend platform shows it. @returns the address it sends the person back to, or its page */
export async function askPerson(
  place: SignInPlace,
  changes: Readonly<Record<string, string>> = {},
  answer = "allow",
): Promise<{ readonly status: number; readonly text: string; readonly back: URLSearchParams }> {
  const url = new URL(place.origin + place.authorizePath);
  const asked = {
    response_type: "code",
    client_id: place.app.clientId,
    redirect_uri: place.redirectUri,
    scope: place.scope,
    state: "s",
    ...changes,
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  const form = { method: "POST", body: new URLSearchParams({ handle: "water_now", answer }) };
  const reply = await fetch(url, { ...form, redirect: "manual" });
  const location = reply.headers.get("location");
  const back = location === null ? new URLSearchParams() : new URL(location).searchParams;
  return { status: reply.status, text: await reply.text(), back };
}

/** A code for the token endpoint. */
export async function codeFrom(place: SignInPlace, changes?: Readonly<Record<string, string>>) {
  return (await askPerson(place, changes)).back.get("code") ?? "";
}

export async function trade(
  place: SignInPlace,
  code: string,
  changes: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> }> {
  return postForm(place.origin + place.tokenPath, {
    grant_type: "authorization_code",
    code,
    redirect_uri: place.redirectUri,
    client_id: place.app.clientId,
    client_secret: place.app.clientSecret,
    ...changes,
  });
}

export async function postForm(url: string, form: Readonly<Record<string, string>>) {
  const reply = await fetch(url, { method: "POST", body: new URLSearchParams(form) });
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
}
