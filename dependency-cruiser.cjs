/** Which folder may import which. The picture is in docs/architecture.md. */
const only = (from, ...to) => ({
  name: `${from}-imports-only`,
  severity: "error",
  from: { path: `^src/${from}/`, pathNot: "\\.test\\.ts$" },
  to: {
    path: "^(src|workers|test)/|^config/env\\.ts",
    pathNot: [from, ...to].map((folder) => `^src/${folder}[/.]`),
  },
});
const onlyIn = (folder, pkg) => ({
  name: `${pkg}-only-in-${folder}`,
  severity: "error",
  from: { path: "^(src|workers|config)/", pathNot: [`^src/${folder}/`, "\\.test\\.ts$"] },
  to: { path: `node_modules/${pkg}/` },
});
const practice =
  "^src/practice/|^src/adapters/[^/]+/practice\\.ts$|^src/adapters/[^/]+/practice-[a-z-]+\\.ts$";

module.exports = {
  forbidden: [
    // Types may know each other: nothing of that is left when the program runs.
    {
      name: "no-circular",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-orphans",
      severity: "error",
      from: { orphan: true, pathNot: "\\.(d\\.ts|test\\.ts|cjs)$" },
      to: {},
    },
    only("domain"),
    only("db", "domain"),
    only("outbound", "adapters/contract", "domain"),
    only("adapters", "markup", "domain", "practice"),
    only("markup"),
    only("feeds", "adapters/contract", "markup", "domain"),
    only("practice", "markup", "domain", "adapters/[^/]+"),
    only("accounts", "adapters/contract", "adapters/registry", "outbound", "db", "domain"),
    only("media", "adapters/contract", "db", "domain"),
    only("publishing", "accounts", "media", "adapters/contract", "outbound", "db", "domain"),
    only("links", "publishing", "accounts", "media", "feeds", "adapters/contract", "db", "domain"),
    only("queue", "links", "publishing", "accounts", "adapters/contract", "db", "domain"),
    only("http", "markup", "links", "publishing", "accounts", "media", "adapters/contract", "domain"),
    {
      name: "adapters-are-strangers",
      severity: "error",
      from: { path: "^src/adapters/([^/]+)/" },
      to: { path: "^src/adapters/[^/]+/", pathNot: "^src/adapters/($1|contract|families)/" },
    },
    {
      name: "practice-stays-out-of-production",
      severity: "error",
      from: { path: "^(src|workers)/", pathNot: [practice, "^src/compose/start-app\\.ts$", "\\.test\\.ts$"] },
      to: { path: practice },
    },
    onlyIn("http", "express"),
    onlyIn("queue", "bullmq"),
    onlyIn("db", "pg"),
    onlyIn("db", "drizzle-orm"),
    {
      name: "no-dev-deps-in-production",
      severity: "error",
      from: { path: "^(src|workers|config)/", pathNot: "\\.test\\.ts$" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { extensions: [".ts", ".js"] },
  },
};
