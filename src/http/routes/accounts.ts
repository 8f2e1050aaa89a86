import { z } from "zod";
import { disconnectAccount } from "../../accounts/disconnect-account.ts";
import { getAccount } from "../../accounts/get-account.ts";
import { linkAccount } from "../../accounts/link-account.ts";
import { linkPracticeAccount } from "../../accounts/link-practice-account.ts";
import { listAccounts } from "../../accounts/list-accounts.ts";
import { listChoices } from "../../accounts/list-choices.ts";
import type { Options } from "../../domain/post.ts";
import { decodeCursor, pageOf } from "../../publishing/cursor.ts";
import { changeAccount } from "../change-account.ts";
import { type Route, route } from "../route.ts";
import { account, accountPatch, accountQuery, disconnection, newAccount } from "../schemas/accounts.ts";
import { id, listOf } from "../schemas/common.ts";

const params = z.object({ id: id("acc") });
const tag = "Accounts";

export const accountRoutes: readonly Route[] = [
  route({
    method: "get",
    path: "/v1/accounts",
    scope: "read",
    tag,
    summary: "Linked accounts, oldest first",
    query: accountQuery,
    answers: { 200: { description: "A page", schema: listOf(account) } },
    async handle({ world, workspaceId, query: { cursor, limit, ...filter } }) {
      const [after] = decodeCursor(cursor, /^acc_[0-9a-z]{26}$/) ?? [];
      const rows = await listAccounts(world, workspaceId, { ...filter, after, limit: limit + 1 });
      return {
        status: 200,
        body: pageOf(
          rows,
          limit,
          (row) => [row.id],
          (row) => row,
        ),
      };
    },
  }),
  route({
    method: "post",
    path: "/v1/accounts",
    scope: "admin",
    tag,
    keepsNothing: true, // a password that somebody chose could be found by its hash
    summary: "Link an account by its own token, or one on the practice network",
    description:
      "The platform is asked whose token it is before it is stored. An account that is linked already keeps its id and gets the new token: this is also how one that is `held` is connected again.",
    body: newAccount,
    answers: {
      201: { description: "Linked", schema: account },
      200: { description: "Was linked already; has the new credentials", schema: account },
    },
    refuses: ["credentials_refused", "url_refused", "platform_unavailable", "practice_off"],
    async handle({ world, workspaceId, options, body }) {
      const { id: accountId, isNew } =
        body.mode === "live"
          ? await linkAccount(world, workspaceId, body)
          : await linkPracticeAccount(world, options.practice, workspaceId, body);
      return { status: isNew ? 201 : 200, body: await getAccount(world, workspaceId, accountId) };
    },
  }),
  route({
    method: "get",
    path: "/v1/accounts/:id",
    scope: "read",
    tag,
    summary: "An account",
    params,
    answers: { 200: { description: "The account", schema: account } },
    async handle({ world, workspaceId, params: { id: accountId } }) {
      return { status: 200, body: await getAccount(world, workspaceId, accountId) };
    },
  }),
  route({
    method: "get",
    path: "/v1/accounts/:id/choices/:option",
    scope: "read",
    tag,
    summary: "What may be chosen for an option whose values live at the platform",
    description:
      "Boards, playlists, flairs, categories: the options that `GET /v1/platforms` marks with `choices`. Options chosen already go into the query: `?subreddit=water`.",
    params: z.object({ id: id("acc"), option: z.string().regex(/^\w{1,40}$/) }),
    query: z.object({}).catchall(z.string().max(500)),
    answers: {
      200: {
        description: "As the platform lists them now",
        schema: z.object({ data: z.array(z.object({ value: z.string(), label: z.string() })) }),
      },
    },
    refuses: ["platform_unavailable"],
    async handle({ world, workspaceId, params: { id: accountId, option }, query }) {
      const data = await listChoices(world, workspaceId, accountId, option, query as Options);
      return { status: 200, body: { data } };
    },
  }),
  route({
    method: "patch",
    path: "/v1/accounts/:id",
    scope: "write",
    tag,
    summary: "Rename an account, pause it, or let it go on",
    description: "`state` does what `/v1/pause` and `/v1/resume` do; `active` needs the scope `publish` too.",
    params,
    body: accountPatch,
    answers: { 200: { description: "As it is now", schema: account } },
    refuses: ["wrong_state"],
    async handle({ world, workspaceId, scopes, params: { id: accountId }, body }) {
      return { status: 200, body: await changeAccount(world, workspaceId, scopes, accountId, body) };
    },
  }),
  route({
    method: "delete",
    path: "/v1/accounts/:id",
    scope: "admin",
    tag,
    summary: "Disconnect an account: its credentials are wiped, its history stays",
    params,
    answers: { 200: { description: "Disconnected", schema: disconnection } },
    async handle({ world, workspaceId, params: { id: accountId } }) {
      return { status: 200, body: await disconnectAccount(world, workspaceId, accountId) };
    },
  }),
];
