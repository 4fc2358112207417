import { describe, expect, test } from "vitest";
import type { IdentifiedArray } from "../../provider/core/array/connection.ts";
import { claimsInMemory } from "../../provider/core/claims.ts";
import { settingsFor } from "./settings-for.ts";

const east = arrayAt("https://east");
const seven = { key: "session 7", text: "import session 7", property: "sessionId" };
const eight = { key: "session 8", text: "import session 8", property: "sessionId" };

function arrayAt(endpoint: string, identity?: string): IdentifiedArray {
  const settings = settingsFor({ endpoint, username: "u", password: "p" });
  return { settings, ...(identity === undefined ? {} : { identity: async () => identity }) };
}

describe("declared claims", () => {
  test("of two resources on one object contradict each other, whoever comes first", async () => {
    const claims = claimsInMemory();
    expect(await claims.declare("urn:a", east, [seven])).toBeUndefined();
    expect(await claims.declare("urn:b", east, [eight, seven])).toEqual({ urn: "urn:a", object: seven });
    expect(await claims.declare("urn:a", east, [seven])).toEqual({ urn: "urn:b", object: seven });
  });

  test("of one resource do not contradict each other, and a later check replaces an earlier one", async () => {
    const claims = claimsInMemory();
    await claims.declare("urn:a", east, [seven]);
    expect(await claims.declare("urn:a", east, [seven])).toBeUndefined();
    await claims.declare("urn:a", east, [eight]);
    expect(await claims.declare("urn:b", east, [seven])).toBeUndefined();
  });

  test("are about one array: another array may have the same id", async () => {
    const claims = claimsInMemory();
    await claims.declare("urn:a", east, [seven]);
    expect(await claims.declare("urn:b", arrayAt("https://west"), [seven])).toBeUndefined();
  });

  test("are about the array, not its address", async () => {
    const claims = claimsInMemory();
    await claims.declare("urn:a", arrayAt("https://10.0.0.1", "PS1"), [seven]);
    expect(await claims.declare("urn:b", arrayAt("https://east.example.com", "PS1"), [seven])).toMatchObject({
      urn: "urn:a",
    });
    expect(await claims.declare("urn:c", arrayAt("https://west", "PS2"), [seven])).toBeUndefined();
    expect(await claims.declare("urn:d", arrayAt("https://silent"), [seven])).toBeUndefined();
  });

  test("fall with the resource", async () => {
    const claims = claimsInMemory();
    await claims.declare("urn:b", east, [seven]);
    expect(await claims.declarer("urn:b", east, seven)).toBeUndefined();
    expect(await claims.declarer("urn:c", east, seven)).toBe("urn:b");
    claims.drop("urn:b");
    expect(await claims.declarer("urn:c", east, seven)).toBeUndefined();
  });
});

test("a resource that is being replaced still declares what it did, and drives nothing", async () => {
  const claims = claimsInMemory();
  await claims.declare("urn:a", east, [seven]);
  claims.drive("urn:a", east, [seven, eight]);
  claims.vacate("urn:a");
  expect(await claims.declare("urn:b", east, [seven])).toEqual({ urn: "urn:a", object: seven });
  expect([await claims.taker(east, seven), await claims.taker(east, eight)]).toEqual([undefined, undefined]);
});

describe("an object is taken", () => {
  test("by the resource that drives it, itself included, also when a later check declares something else", async () => {
    const claims = claimsInMemory();
    claims.drive("urn:a", east, [seven]);
    await claims.declare("urn:a", east, [eight]);
    expect(await claims.taker(east, seven)).toBe("urn:a");
    expect(await claims.taker(east, eight)).toBeUndefined();
  });

  test("by the resource that declares it and keeps it on record", async () => {
    const claims = claimsInMemory();
    await claims.declare("urn:a", east, [seven]);
    expect(await claims.taker(east, seven)).toBeUndefined();
    expect(await claims.keep("urn:a", east, [seven, eight])).toBeUndefined();
    expect([await claims.taker(east, seven), await claims.taker(east, eight)]).toEqual(["urn:a", "urn:a"]);
    expect(await claims.keep("urn:b", east, [eight])).toEqual({ urn: "urn:a", object: eight });
  });
});
