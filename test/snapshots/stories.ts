import { fileURLToPath } from "node:url";
import type { RunResult, Terminal } from "../engine/engine.ts";
import { expectDone, expectFailed } from "../scenarios/expectations.ts";
import { replication, volume } from "../scenarios/migration.ts";
import type { Setting, World } from "../scenarios/world.ts";

/** A story whose runs are shown. */
export interface Story {
  /** Name of its file. */
  readonly name: string;
  readonly setting: Omit<Setting, "powerstore" | "eternus"> & Required<Pick<Setting, "powerstore" | "eternus">>;
  tell(scene: Scene): Promise<void>;
}

export interface Scene {
  readonly world: World;
  /** Given to each run that is to be shown. */
  readonly run: { readonly terminal?: Terminal };
  /**
   * Shows a run under a title. The arrays' time stands still, but for the moments: each time the run has said something, some seconds pass. So all runs see the
   * same of the arrays, on a machine of any speed.
   */
  show(title: string, running: Promise<RunResult>, moments?: readonly Moment[]): Promise<RunResult>;
}

export interface Moment {
  readonly says: string;
  /** What has been sent by then, too. */
  readonly sent?: string;
  /** Seconds that pass on the arrays then. */
  readonly passS: number;
  /** Shows what the run looks like at this moment, too. @default false */
  readonly isShown?: true;
}

const group = [12, 13, 14].map((id) => ({ id, transferMode: "Consistency" }) as const);
const quickStart = fileURLToPath(new URL("../../examples/quick-start", import.meta.url));
const timings = { queueMs: 0, setupMs: 20_000, mirrorMs: 0, readyMs: 0, cutoverMs: 30_000, rollbackMs: 20_000 };
// 200 GiB in 512 s.
const bytesPerSecond = 400 * 1024 ** 2;
const powerstore = { timings, bytesPerSecond };

const suspend: readonly Moment[] = [{ says: "0/3 suspended: copy session", passS: 20 }];
const copy: readonly Moment[] = [
  { says: "setting up", passS: 20 },
  { says: "copying 0%", passS: 221 },
  { says: "copying 43%", passS: 300, isShown: true },
];

/** A volume is copied while its replication rests, and all is taken back. */
export const quickStartStory: Story = {
  name: "quick-start",
  setting: { program: quickStart, powerstore, eternus: { sessions: group } },
  async tell({ world, run, show }) {
    const { preview, up, destroy, configure } = world;
    await expectDone(show("pulumi preview", preview(run)), { create: 2 });
    await expectDone(show("pulumi up", up(run), [...suspend, ...copy]), { create: 2 });
    await configure({ "quick-start:cutOver": "true" });
    await expectDone(show("pulumi preview, when the program asks for the cutover", preview(run)), {
      update: 1,
      same: 1,
    });
    const back = [
      { says: "cancelling", sent: "cancel", passS: 30 },
      { says: "0/3 not suspended: copy s", passS: 600 },
    ];
    await expectDone(show("pulumi destroy", destroy(run), back), { delete: 2 });
  },
};

const program = fileURLToPath(new URL("program", import.meta.url));
// In Stack mode nothing promises that it will ever be equivalent.
const never = { transferMode: "Stack", phase: "Copying", becomesEquivalent: false, rateMbPerSecond: 1000 } as const;
const db = (notBefore: string) => {
  const declared = volume({ targetState: "Import_Completed", cutoverWindow: { notBefore } });
  return { ...declared, name: "erp-db" };
};
const [held, open] = [db("2099-12-05T22:00:00Z"), db("2020-12-05T22:00:00Z")];
const dr = { ...replication([12, 13], { force: true }), name: "erp-dr" };
const crm = (...ids: readonly number[]) => ({ ...replication(ids), name: "crm-dr" });
const suspendTwo: readonly Moment[] = [{ says: "0/2 suspended: copy session", passS: 20 }];

/** A gate, force, a failure and a refusal. */
export const stakesStory: Story = {
  name: "stakes",
  setting: {
    program,
    powerstore,
    eternus: {
      sessions: [{ id: 12 }, { id: 13, ...never }, { id: 14 }, { id: 15 }],
      behaviour: { forceLiftsStackRule: true },
    },
  },
  async tell({ world, run, show }) {
    const { eternus, preview, up, declare } = world;
    await declare(held);
    await expectDone(show("pulumi preview, of a cutover before its window", preview(run)), { create: 1 });
    await expectDone(show("pulumi up, before the window", up(run), copy), { create: 1 });
    await declare(open);
    const cutover = [{ says: "cutting over", sent: "cutover", passS: 30 }];
    await expectDone(show("pulumi up, in the window", up(run), cutover), { update: 1 });

    await declare(open, dr);
    await expectDone(show("pulumi preview, of a suspend by force", preview(run)), { create: 1, same: 1 });
    await expectDone(show("pulumi up, a suspend by force", up(run), suspendTwo), { create: 1, same: 1 });

    await declare(open, dr, crm(14, 15));
    eternus.failNext(15, "suspend", "5300", "Copy path error");
    await expectFailed(show("pulumi up, when one suspend of two fails", up(run), suspendTwo), /Copy path error/);

    await declare(open, dr, crm(14, 99));
    await expectFailed(show("pulumi preview, of a copy session that does not exist", preview(run)), /99/);
  },
};
