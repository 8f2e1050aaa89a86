import { BlockList, isIPv4, isIPv6 } from "node:net";

// https://www.iana.org/assignments/iana-ipv4-special-registry (checked 2026-11): what is not globally reachable, and
// the relays and groups through which it could be.
const refused4 = blockList("ipv4", [
  "0.0.0.0/8", // "this host"
  "10.0.0.0/8", // private
  "100.64.0.0/10", // carrier-grade NAT
  "127.0.0.0/8", // loopback
  "169.254.0.0/16", // link-local, with the clouds' metadata servers
  "172.16.0.0/12", // private
  "192.0.0.0/24", // protocol assignments
  "192.0.2.0/24", // documentation
  "192.88.99.0/24", // 6to4 relays
  "192.168.0.0/16", // private
  "198.18.0.0/15", // benchmarks
  "198.51.100.0/24", // documentation
  "203.0.113.0/24", // documentation
  "224.0.0.0/4", // multicast
  "240.0.0.0/4", // reserved, broadcast
]);

// https://www.iana.org/assignments/iana-ipv6-special-registry (checked 2026-11). Only global unicast is let through:
// loopback, mapped IPv4, NAT64, unique local, link-local and multicast all lie outside it.
const global6 = blockList("ipv6", ["2000::/3"]);
const refused6 = blockList("ipv6", [
  "2001::/23", // protocol assignments, Teredo
  "2001:db8::/32", // documentation
  "2002::/16", // 6to4
  "3fff::/20", // documentation
]);

/** Whether an address is on the public internet. Takes what a resolver or a socket gives; anything else is not. */
export function isPublicAddress(address: string): boolean {
  if (isIPv6(address)) return global6.check(address, "ipv6") && !refused6.check(address, "ipv6");
  return isIPv4(address) && !refused4.check(address, "ipv4");
}

function blockList(family: "ipv4" | "ipv6", subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [network = "", prefix] = subnet.split("/");
    list.addSubnet(network, Number(prefix), family);
  }
  return list;
}
