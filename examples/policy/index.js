import { PolicyPack } from "@pulumi/policy";
import { forceViolations, gateViolations, stackOf } from "./rules.ts";

// Run `pulumi preview --policy-pack examples/policy`. This file is JavaScript, because Pulumi compiles the main file of a policy pack with its own, older TypeScript.
new PolicyPack("storage-migration", {
  enforcementLevel: "mandatory",
  policies: [
    {
      name: "no-force",
      description: "Forbids a suspend or a cancel by force.",
      validateResource: (args, report) => {
        for (const violation of forceViolations(args)) report(violation);
      },
    },
    {
      name: "gate-in-production",
      description: "Requires a cutoverWindow or a cutoverApproval for every cutover in production.",
      configSchema: {
        properties: { stacks: { type: "array", items: { type: "string" }, default: ["prod", "production"] } },
      },
      validateResource: (args, report) => {
        const { stacks } = args.getConfig();
        if (!stacks.includes(stackOf(args.urn))) return;
        for (const violation of gateViolations(args)) report(violation);
      },
    },
  ],
});
