import { expect, onTestFinished, test } from "vitest";
import { inCheckout, openWorkspace, pulumi, quickly } from "./workspace.ts";

test.skipIf(pulumi === undefined)(
  "a cutover window is driven: nothing is sent before all are ready, then all is cut over, and that is said",
  { timeout: 600_000 },
  async () => {
    const { run, powerstore, close } = await openWorkspace(pulumi ?? "", "weekend-cutover");
    onTestFinished(close);
    const moment = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
    const drive = `node ${inCheckout("examples/cutover-window/cutover-window.ts")} --work-dir . --stack prod --closes ${moment(2)}`;
    const prepared = await run(`pulumi stack init prod
      ${quickly}
      pulumi config set windowOpens ${moment(-1)}
      pulumi up --yes --skip-preview --non-interactive`);
    expect(prepared.ok, prepared.output).toBe(true);

    const [first] = powerstore.sessions();
    powerstore.disguise(first?.id ?? "", { state: "Copy_In_Progress" });
    const early = await run(drive);
    expect(early.ok).toBe(false);
    expect(early.output).toMatch(/not ready: erp-\w+ is Copy_In_Progress\n.*nothing was sent/);
    expect(powerstore.acts()).toHaveLength(3);

    powerstore.disguise(first?.id ?? "", {});
    const { ok, output } = await run(drive);
    expect(output).toMatch(/erp-mes-cutover; Import_Completed; cutover sent at /);
    expect(output).toContain("all sessions are cut over");
    expect(ok, output).toBe(true);
    const own = powerstore.sessions().filter(({ parent_session_id }) => parent_session_id === null);
    expect(own.map(({ state }) => state)).toEqual(Array(3).fill("Import_Completed"));
  },
);
