// A real Bluesky server of its own, with a directory of identities, on this machine alone: run by test/support/real-pds.ts
// with a Node of version 22 or newer. Tells its address, and every attempt to reach another machine, and ends with its
// parent. Everything it keeps is in the system's folder for temporary files, which the parent sets.
import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";

stayHere();
const { TestNetworkNoAppView } = await import("@atproto/dev-env");
const network = await TestNetworkNoAppView.create({
  pds: { hostname: "localhost", serviceHandleDomains: [".test"] },
});
process.send({
  url: network.pds.url.replace("localhost", "127.0.0.1"),
  issuer: network.pds.url,
  directory: network.plc.url,
});
process.on("disconnect", () => process.exit());

/** Before anything is loaded that could hold on to the originals. */
function stayHere() {
  const { connect } = net.Socket.prototype;
  net.Socket.prototype.connect = function (...args) {
    const [first, second] = Array.isArray(args[0]) ? args[0] : args;
    const host = typeof first === "object" ? (first.host ?? "localhost") : second;
    if (first?.path || typeof host !== "string" || isHere(host)) return connect.apply(this, args);
    setImmediate(() => this.destroy(refused(host))); // once somebody listens
    return this;
  };
  const { listen } = net.Server.prototype;
  net.Server.prototype.listen = function (where, ...rest) {
    const given = typeof where === "object" ? where : { port: Number(where ?? 0) };
    return listen.call(
      this,
      { host: "127.0.0.1", ...given },
      ...rest.filter((one) => typeof one === "function"),
    );
  };
  for (const resolver of [dns, dns.Resolver.prototype])
    for (const name of questions(resolver)) {
      const ask = resolver[name];
      resolver[name] = function (host, ...rest) {
        return isHere(host) ? ask.call(this, host, ...rest) : rest.at(-1)(refused(host));
      };
    }
  for (const resolver of [dns.promises, dns.promises.Resolver.prototype])
    for (const name of questions(resolver)) {
      const ask = resolver[name];
      resolver[name] = async function (host, ...rest) {
        if (!isHere(host)) throw refused(host);
        return ask.call(this, host, ...rest);
      };
    }
  syncBuiltinESMExports();
}

function questions(resolver) {
  return Object.getOwnPropertyNames(resolver).filter((name) => /^(lookup$|resolve)/.test(name));
}

function isHere(host) {
  return ["localhost", "::1", ""].includes(host) || host.startsWith("127.");
}

/** `.invalid` stands for what this server does not have: nobody is asked for it (RFC 6761). */
function refused(host) {
  if (!/\.invalid$/.test(host)) process.send({ outbound: host });
  return Object.assign(new Error(`${host} is not on this machine`), { code: "ENOTFOUND" });
}
