import "./lib/require-node.mjs";
import { build } from "./lib/build.mjs";
import { main, root } from "./lib/main.mjs";

// For images: the start does this by itself.
await main(() => build(root));
