import { type Html, html } from "../markup/html.ts";
import type { Feed } from "./feed-pages.ts";
import type { PracticePost } from "./kit.ts";
import { nameOf } from "./names.ts";
import type { PhoneIdentity, PracticePhone } from "./phone.ts";

/** A platform's phone as its pages show it. */
export interface PhoneOnPage {
  readonly can: PracticePhone;
  readonly identities: readonly PhoneIdentity[];
  /** What was just refused. */
  readonly draft?: Draft;
}

export interface Draft {
  readonly form: "post" | "edit" | "delete";
  /** The post it was to change; null: it was to be a new one. */
  readonly postId: string | null;
  readonly accountId: string;
  readonly text: string;
  readonly altText: string;
  /** In the platform's words. */
  readonly refusal: string;
}

/** The form that posts, closed until it is needed. @param accountId who is chosen at first */
export function composeForm({ platform, look, phone }: Feed, accountId?: string): Html | undefined {
  if (!phone) return undefined;
  const { can, identities } = phone;
  const draft = draftFor("post", phone);
  const chosen = draft?.accountId ?? accountId;
  const options = identities.map(({ externalId, handle, name }) => {
    const words = name === handle ? `${look.at}${handle}` : `${name} (${look.at}${handle})`;
    return html`<option value="${externalId}"${externalId === chosen && html` selected`}>${words}</option>`;
  });
  const name = nameOf(platform);
  return html`<details class="phone"${draft && html` open`}><summary>Post from the phone</summary>
    <p class="note">As people do in ${name}’s own app: Clarion has no part in it.</p>
    ${
      options.length === 0
        ? html`<p class="note">Nobody is here yet. Link a practice account on ${name} in Clarion first.</p>`
        : html`<form method="post" action="/${platform}/phone" enctype="multipart/form-data">
      ${refused(name, draft)}
      <p><label for="phone-who">Who posts</label><select id="phone-who" name="identity" required>${options}</select></p>
      ${fileFields(can, draft)}
      <p><label for="phone-text">Text</label>${textArea("phone-text", draft?.text ?? "", 4)}</p>
      <p class="answers"><button>Post</button></p></form>`
    }
  </details>`;
}

function fileFields({ needsFile, accepts }: PracticePhone, draft: Draft | undefined): Html {
  const note =
    draft && html`<small id="phone-again">Choose the file once more: a browser forgets it.</small>`;
  return html`<p><label for="phone-file">Photo or video${!needsFile && html` <span>(optional)</span>`}</label>
      <input id="phone-file" type="file" name="file" accept="${accepts.join(",")}"${needsFile && html` required`}${note && html` aria-describedby="phone-again"`}>${note}</p>
    <p><label for="phone-alt">Alt text <span>(optional)</span></label>
      <input id="phone-alt" name="altText" dir="auto" autocomplete="off" value="${draft?.altText ?? ""}" aria-describedby="phone-alt-note">
      <small id="phone-alt-note">What the picture shows, for those who do not see it</small></p>`;
}

/** What can be done to a post once it is there. Answers are left alone. */
export function changeForms({ platform, phone }: Feed, post: PracticePost): Html | undefined {
  if (!phone || post.replyTo !== null) return undefined;
  const { edit, remove } = phone.can;
  const draft = draftFor("edit", phone);
  const deletion = draftFor("delete", phone);
  const name = nameOf(platform);
  const path = `/${platform}/phone/${encodeURIComponent(post.id)}`;
  return html`${
    edit &&
    html`<details class="phone"${draft && html` open`}><summary>Edit on the phone</summary>
      <form method="post" action="${path}/edit">${refused(name, draft)}
        <p><label for="phone-text">Text</label>${textArea("phone-text", draft?.text ?? post.text, 6)}</p>
        <p class="answers"><button>Save</button></p></form></details>`
  }${
    remove &&
    html`<details class="phone"${deletion && html` open`}><summary>Delete on the phone</summary>
      <form method="post" action="${path}/delete">${refused(name, deletion)}<p class="note">It is gone from ${name} for good.</p>
        <p class="answers"><button>Delete</button></p></form></details>`
  }`;
}

function draftFor(form: Draft["form"], { draft }: PhoneOnPage): Draft | undefined {
  return draft?.form === form ? draft : undefined;
}

function refused(name: string, draft: Draft | undefined): Html | undefined {
  return (
    draft &&
    html`<p class="fault" role="alert" tabindex="-1" autofocus><strong>${name} refused it:</strong> <span dir="auto">${draft.refusal}</span></p>`
  );
}

/** A browser takes away the first line break in it, so that one is put before the text. */
function textArea(id: string, text: string, rows: number): Html {
  return html`<textarea id="${id}" name="text" rows="${rows}" dir="auto">${"\n"}${text}</textarea>`;
}
