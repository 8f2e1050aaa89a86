import express from "express";
import pg from "pg";
import { z } from "zod";

// What the API's ingest is measured against: Express, zod and one INSERT. argv: JSON of a PostgreSQL connection.
const pool = new pg.Pool({ ...JSON.parse(process.argv[2] ?? "{}"), max: 10 });
await pool.query(
  "create table if not exists bare_posts (id bigserial primary key, text text, due_at timestamptz)",
);
const body = z.strictObject({ text: z.string(), accounts: z.array(z.string()), dueAt: z.iso.datetime() });
const app = express();
app.use(express.json());
app.post("/v1/posts", async (request, response) => {
  const { text, dueAt } = body.parse(request.body);
  const { rows } = await pool.query({
    name: "insert",
    text: "insert into bare_posts (text, due_at) values ($1, $2) returning id",
    values: [text, dueAt],
  });
  response.status(201).json({ id: rows[0].id, text, dueAt });
});
const server = app.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${(server.address() as { port: number }).port}\n`);
});
process.stdin.resume().once("end", () => process.exit(0));
