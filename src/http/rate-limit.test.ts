import { describe, expect, it } from "@jest/globals";
import { addressGroup } from "./rate-limit.ts";

describe("addresses that one person can choose from count as one", () => {
  it.each([
    ["2001:db8:1:2::1", "2001:db8:1:2"],
    ["2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2"],
    ["2001:0DB8:0001:0002:0:0:0:9", "2001:db8:1:2"],
    ["2001:db8::5", "2001:db8:0:0"],
    ["::1", "0:0:0:0"],
    ["fe80::1%eth0", "fe80:0:0:0"],
    ["::ffff:203.0.113.5", "203.0.113.5"],
    ["203.0.113.5", "203.0.113.5"],
  ])("%s is %s", (address, group) => expect(addressGroup(address)).toBe(group));
});
