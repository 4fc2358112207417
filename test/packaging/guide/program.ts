import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { scaledClock, startEternus, startPowerStore } from "pulumi-storage-migration/testing";
import { expect, test } from "vitest";

test("the volume is copied and rests before the cutover", { timeout: 300_000 }, async () => {
  const clock = scaledClock({ factor: 60 });
  const powerstore = await startPowerStore({ clock });
  const eternus = await startEternus({ clock, sessions: [{ id: 12 }, { id: 13 }, { id: 14 }] });
  const stack = await LocalWorkspace.createOrSelectStack({ stackName: "simulated", workDir: "examples/quick-start" });
  for (const [name, array] of Object.entries({ powerstore, eternus })) {
    await stack.setAllConfig({
      [`${name}:endpoint`]: { value: array.endpoint },
      [`${name}:username`]: { value: array.username },
      [`${name}:password`]: { value: array.password, secret: true },
      [`${name}:caCertificate`]: { value: array.caCertificate },
      [`${name}:pollMaximumSeconds`]: { value: "2" },
    });
  }

  const { outputs } = await stack.up();

  expect(outputs.state?.value).toBe("Ready_For_Cutover");
  expect(powerstore.acts().map(({ path }) => path)).toEqual(["/api/rest/import_session"]);
  await stack.destroy({ remove: true });
  expect(eternus.sessions().map(({ status }) => status)).toEqual(["Active", "Active", "Active"]);
  await Promise.all([powerstore.close(), eternus.close()]);
});
