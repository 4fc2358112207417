import { expect, expectTypeOf, test } from "vitest";
import type { powerstore } from "../../sdk/index.ts";

type Args = powerstore.ImportSessionArgs;
const creation = { remoteSystemId: "name:old-unity", sourceResourceId: "sv_42", type: "Non_Disruptive" } as const;

test("inputs that neither adopt nor create a session, or do both, do not compile (G9)", () => {
  expectTypeOf<object>().not.toExtend<Args>();
  expectTypeOf<{ targetState: "Import_Completed" }>().not.toExtend<Args>();
  expectTypeOf<Omit<typeof creation, "type">>().not.toExtend<Args>();
  expectTypeOf<typeof creation & { sessionId: string }>().not.toExtend<Args>();
  expectTypeOf<{ sessionId: string; description: string }>().not.toExtend<Args>();
  expectTypeOf<typeof creation>().toExtend<Args>();
  expectTypeOf<{ sessionId: string; targetState: "Import_Completed" }>().toExtend<Args>();
  expect.assertions(0);
});
