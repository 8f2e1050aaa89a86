import type { Metrics } from "./metrics.ts";
import type { Route } from "./route.ts";
import { accountRoutes } from "./routes/accounts.ts";
import { appRoutes } from "./routes/apps.ts";
import { bulkRoutes } from "./routes/bulk.ts";
import { connectionRoutes } from "./routes/connections.ts";
import { deliveryRoutes } from "./routes/deliveries.ts";
import { docsRoutes } from "./routes/docs.ts";
import { eventRoutes } from "./routes/events.ts";
import { healthRoutes } from "./routes/health.ts";
import { hookRoutes } from "./routes/hooks.ts";
import { linkItemRoutes } from "./routes/link-items.ts";
import { linkRoutes } from "./routes/links.ts";
import { mediaRoutes } from "./routes/media.ts";
import { metricsRoutes } from "./routes/metrics.ts";
import { oauthRoutes } from "./routes/oauth.ts";
import { pauseRoutes } from "./routes/pause.ts";
import { peopleRoutes } from "./routes/people.ts";
import { platformRoutes } from "./routes/platforms.ts";
import { postActionRoutes } from "./routes/post-actions.ts";
import { postRoutes } from "./routes/posts.ts";
import { practiceRoutes } from "./routes/practice.ts";
import { uploadRoutes } from "./routes/uploads.ts";
import type { ServerOptions } from "./server-options.ts";

/** Every call there is. The first route that matches is taken: fixed addresses stand before those with an id. */
export function routeTable(options: ServerOptions, metrics: Metrics): readonly Route[] {
  const calls: readonly Route[] = [
    ...healthRoutes,
    ...metricsRoutes(metrics),
    ...platformRoutes,
    ...connectionRoutes,
    ...linkRoutes,
    ...linkItemRoutes,
    ...peopleRoutes,
    ...accountRoutes,
    ...appRoutes,
    ...uploadRoutes(),
    ...mediaRoutes,
    ...bulkRoutes,
    ...postRoutes,
    ...postActionRoutes,
    ...deliveryRoutes,
    ...pauseRoutes,
    ...eventRoutes,
    ...practiceRoutes,
    ...oauthRoutes,
    ...hookRoutes,
  ];
  return [...calls, ...docsRoutes(calls, options.version)];
}
