import type { RequestHandler } from "express";
import helmet from "helmet";

/** Nothing may be loaded, framed or kept, unless a page says otherwise for itself. */
export function securityHeaders(): RequestHandler {
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: "no-referrer" },
    xFrameOptions: { action: "deny" },
  });
  return (request, response, next) => {
    response.setHeader("Cache-Control", "no-store");
    protect(request, response, next);
  };
}
