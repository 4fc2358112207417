import { expect, test } from "vitest";
import { resourceNameOf } from "../../../provider/core/text/urn.ts";

const type = "pulumi-nodejs:dynamic/powerstore:ImportSession";

test("a URN names the stack, the project and the resource", () => {
  const urn = `urn:pulumi:weekend::erp::${type}::erp-db`;
  expect(resourceNameOf(urn)).toEqual({ stack: "weekend", project: "erp", name: "erp-db" });
});

test("a resource inside components has the same name as one outside", () => {
  const urn = `urn:pulumi:weekend::erp::my:component:Site$my:component:Rack$${type}::erp-db`;
  expect(resourceNameOf(urn).name).toBe("erp-db");
});

test("a name may hold what separates the parts of a URN, and what begins one", () => {
  expect(resourceNameOf(`urn:pulumi:s::p::${type}::a::b`).name).toBe("a::b");
  expect(resourceNameOf(`urn:pulumi:s::p::${type}::urn:pulumi:x`).name).toBe("urn:pulumi:x");
});

test("a text that is no URN names nothing and harms nothing", () => {
  expect(resourceNameOf("")).toEqual({ stack: "", project: "", name: "" });
  expect(resourceNameOf("undefined")).toEqual({ stack: "undefined", project: "", name: "" });
});
