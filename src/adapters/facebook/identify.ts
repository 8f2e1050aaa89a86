import type { Call, Identity } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { type FacebookCredentials, type Page, request } from "./api.ts";

/** https://developers.facebook.com/docs/pages-api/getting-started (checked 2026-11) */
export async function identify(call: Call<FacebookCredentials>): Promise<Identity> {
  const page = await me(call);
  const { pageId } = call.credentials;
  if (pageId !== undefined && pageId !== "" && pageId !== page.id)
    throw new PublishError(
      "forbidden",
      `This token speaks for the Facebook page ${page.name} (${page.id}), not for ${pageId}: paste the token of that page`,
      { code: "other_page" },
    );
  return { externalId: page.id, handle: page.username ?? page.id, name: page.name };
}

/** A person's token has no `username` to ask for and is refused with code 100. */
async function me(call: Call<FacebookCredentials>): Promise<Page> {
  try {
    return await request<Page>(call, {
      method: "GET",
      path: "me",
      query: { fields: "id,name,username" },
    });
  } catch (error) {
    if (!(error instanceof PublishError) || error.kind !== "invalid") throw error;
    throw new PublishError(
      "forbidden",
      "This is not the token of a Facebook page: a person's token cannot post as the page",
      error.detail,
    );
  }
}
