import type { Call, Identity } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { readMember } from "./members.ts";
import { administered, readPage } from "./pages.ts";
import type { LinkedInCredentials } from "./request.ts";
import { isOrganization } from "./urns.ts";

type LinkedIn = Call<LinkedInCredentials>;

/** The member, or the page the member speaks for. */
export async function identify(call: LinkedIn): Promise<Identity> {
  const { author } = call.credentials;
  return author ? await identifyPage(author, call) : await readMember(call);
}

async function identifyPage(author: string, call: LinkedIn): Promise<Identity> {
  if (!isOrganization(author))
    throw new PublishError(
      "invalid",
      "The author has to be a page, written as urn:li:organization: and its number; leave it out to post as the member",
      { code: "author_invalid" },
    );
  for await (const page of administered(call)) if (page === author) return readPage(author, call);
  throw new PublishError(
    "forbidden",
    "This login is not an administrator of that LinkedIn page: let somebody who is connect it, or leave the author out to post as the member",
    { code: "not_an_administrator" },
  );
}
