import "./lib/require-node.mjs";
import { install } from "./lib/install.mjs";
import { main, root } from "./lib/main.mjs";

await main(() => install(root));
