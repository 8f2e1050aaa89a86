import { z } from "zod";
import { addPerson, putPerson, removePerson, showPeople } from "../../links/manage-people.ts";
import { type Route, route } from "../route.ts";
import { id } from "../schemas/common.ts";
import { newPerson, person } from "../schemas/links.ts";

const params = z.object({ id: id("per") });
const tag = "Links";

/** Whom the workspace mentions: their handle on one platform is somebody else's on another. */
export const peopleRoutes: readonly Route[] = [
  route({
    method: "get",
    path: "/v1/people",
    scope: "read",
    tag,
    summary: "Whom you mention, and their handles",
    answers: { 200: { description: "Oldest first", schema: z.object({ data: z.array(person) }) } },
    async handle({ world, workspaceId }) {
      return { status: 200, body: { data: await showPeople(world, workspaceId) } };
    },
  }),
  route({
    method: "post",
    path: "/v1/people",
    scope: "write",
    tag,
    summary: "Make a person known under several handles",
    description: "On its way along a link a mention becomes their handle there, or their name.",
    body: newPerson,
    answers: { 201: { description: "Known from now on", schema: person } },
    async handle({ world, workspaceId, body }) {
      return { status: 201, body: await addPerson(world, workspaceId, body) };
    },
  }),
  route({
    method: "put",
    path: "/v1/people/:id",
    scope: "write",
    tag,
    summary: "Change a person's name and handles",
    params,
    body: newPerson,
    answers: { 200: { description: "Changed", schema: person } },
    async handle({ world, workspaceId, params: { id: personId }, body }) {
      return { status: 200, body: await putPerson(world, workspaceId, { ...body, id: personId }) };
    },
  }),
  route({
    method: "delete",
    path: "/v1/people/:id",
    scope: "write",
    tag,
    summary: "Forget a person",
    params,
    answers: { 204: { description: "Forgotten" } },
    async handle({ world, workspaceId, params: { id: personId } }) {
      await removePerson(world, workspaceId, personId);
      return { status: 204 };
    },
  }),
];
