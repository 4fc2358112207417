import { describe, expect, test } from "vitest";
import {
  markedDescription,
  maxDescriptionLength,
  maxNameLength,
  ownershipMark,
  sessionNameOf,
  sessionNamesOf,
} from "../../../provider/powerstore/import-session/naming.ts";

const urn = (stack: string, project: string, name: string, types = "t:t:ImportSession") =>
  `urn:pulumi:${stack}::${project}::${types}::${name}`;

describe("the name of a session that is given none", () => {
  test("says project, stack and resource", () => {
    expect(sessionNameOf({}, urn("prod", "erp", "orders"))).toBe("erp-prod-orders");
  });

  test.each(["orders db", "orders/db", "orders%20db", "orders?x=1#y", "orders\u0007db", "Bestände €", "a::b"])(
    "has nothing PowerStore refuses although the resource is called %j",
    (name) => {
      expect(sessionNameOf({}, urn("prod", "erp", name))).toMatch(/^[\w.-]+$/);
    },
  );

  test("differs where only what PowerStore refuses does, also where it is cut", () => {
    const alike = [
      "orders db",
      "orders/db",
      "orders  db",
      "orders-db",
      "a::b",
      "a-b",
      `${"x".repeat(110)} y`,
      `${"x".repeat(110)}/y`,
    ];
    const names = alike.map((name) => sessionNameOf({}, urn("prod", "erp", name)));
    expect(new Set(names).size).toBe(alike.length);
    expect(sessionNameOf({}, urn("prod", "erp", "orders-db"))).toBe("erp-prod-orders-db");
    expect(sessionNameOf({}, urn("prod", "erp", "orders db"))).toMatch(/^erp-prod-orders-db-[0-9a-f]{12}$/);
  });

  test("is looked for under the name that release 0.1.0 gave, too", () => {
    expect(sessionNamesOf({}, urn("prod", "erp", "orders db"))[1]).toBe("erp-prod-orders-db");
    expect(sessionNamesOf({}, urn("prod", "erp", "orders"))).toEqual(["erp-prod-orders"]);
    expect(sessionNamesOf({ sessionName: "mine" }, urn("prod", "erp", "orders db"))).toEqual(["mine"]);
  });

  test("is the same wherever the resource stands in the program", () => {
    expect(sessionNameOf({}, urn("prod", "erp", "orders", "my:Wave$t:t:ImportSession"))).toBe("erp-prod-orders");
  });

  test("fits, and still differs, when the resource's name is very long", () => {
    const long = "x".repeat(200);
    const names = [`${long}1`, `${long}2`].map((name) => sessionNameOf({}, urn("prod", "erp", name)));
    expect(names.map(({ length }) => length)).toEqual([maxNameLength, maxNameLength]);
    expect(new Set(names).size).toBe(2);
    expect(names.every((name) => /^erp-prod-x+-[0-9a-f]{12}$/.test(name))).toBe(true);
  });

  test("is not shortened at exactly the longest length", () => {
    const name = "x".repeat(maxNameLength - "erp-prod-".length);
    expect(sessionNameOf({}, urn("prod", "erp", name))).toBe(`erp-prod-${name}`);
  });
});

describe("the mark of ownership", () => {
  test("differs by stack, project and resource, also where they run together", () => {
    const marks = [
      urn("prod", "erp", "orders"),
      urn("dev", "erp", "orders"),
      urn("prod", "crm", "orders"),
      urn("prod", "erp", "items"),
      urn("prod-erp", "x", "orders"),
      urn("prod", "erp-x", "orders"),
    ].map(ownershipMark);
    expect(new Set(marks).size).toBe(6);
  });

  test("is the same wherever the resource stands in the program", () => {
    expect(ownershipMark(urn("prod", "erp", "orders", "my:Wave$t:t:ImportSession"))).toBe(
      ownershipMark(urn("prod", "erp", "orders")),
    );
  });

  test("stands alone where there is no description, and after one where there is", () => {
    const mark = ownershipMark(urn("prod", "erp", "orders"));
    expect(mark).toMatch(/^\[pulumi:[0-9a-f]{12}\]$/);
    expect(markedDescription(undefined, urn("prod", "erp", "orders"))).toBe(mark);
    expect(markedDescription("", urn("prod", "erp", "orders"))).toBe(mark);
    expect(markedDescription("wave 3", urn("prod", "erp", "orders"))).toBe(`wave 3 ${mark}`);
  });

  test("leaves the longest description exactly as much room as PowerStore takes", () => {
    expect(markedDescription("x".repeat(maxDescriptionLength), urn("prod", "erp", "orders"))).toHaveLength(128);
  });
});
