import { describe, expect, it } from "@jest/globals";
import { isPublicAddress } from "./addresses.ts";

describe("an address is public", () => {
  it.each([
    "1.1.1.1",
    "100.63.255.255",
    "172.32.0.1",
    "192.167.255.255",
    "223.255.255.255",
    "2606:4700::1111",
  ])("%s", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe("an address is not public", () => {
  it.each([
    ["unspecified", ["0.0.0.0", "0.1.2.3", "::"]],
    ["loopback", ["127.0.0.1", "127.255.255.254", "::1"]],
    ["private", ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fd00::1", "fc00::1"]],
    ["link-local and metadata", ["169.254.169.254", "fe80::1", "fe80::1%eth0", "fd00:ec2::254"]],
    ["carrier-grade NAT", ["100.64.0.1", "100.127.255.255"]],
    ["multicast and broadcast", ["224.0.0.1", "239.255.255.250", "255.255.255.255", "ff02::1"]],
    ["mapped or compatible IPv4", ["::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:8.8.8.8", "::7f00:1"]],
    ["NAT64", ["64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1"]],
    ["6to4 and Teredo", ["2002:7f00:1::", "2002:a00:1::1", "2001::1", "192.88.99.1"]],
    ["documentation", ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "3fff::1"]],
    ["reserved", ["240.0.0.1", "198.18.0.1", "192.0.0.1", "4000::1", "100::1"]],
    ["no address at all", ["", "localhost", "127.1", "2130706433", "1.1.1.1:80"]],
  ])("%s", (_, addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });
});
