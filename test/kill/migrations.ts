import type { Declaration } from "../scenarios/declaration.ts";
import { replication, volume } from "../scenarios/migration.ts";
import type { Setting, World } from "../scenarios/world.ts";

/** One thing to reach by running a command as often as it takes. */
export interface Goal {
  readonly command: "up" | "destroy";
  readonly declared: readonly Declaration[];
  /** Whether its runs may be killed. */
  readonly isKilled: boolean;
}

/** A migration, and what must have come of it however often it was interrupted. */
export interface Migration {
  readonly title: string;
  readonly setting: Setting;
  readonly goals: readonly Goal[];
  /** Every act that the arrays have to see, once each; within one array in this order. */
  readonly acts: readonly string[];
  /** What the arrays show at the end. */
  readonly shows: (world: World) => string;
  readonly end: string;
}

const killed = (declared: readonly Declaration[]): Goal => ({ command: "up", declared, isKilled: true });
const gone: Goal = { command: "destroy", declared: [], isKilled: true };
const untouched = (goal: Goal): Goal => ({ ...goal, isKilled: false });

const ready = volume();
const completed = volume({ targetState: "Import_Completed" });
const suspended = replication([12, 13]);
const active = replication([12, 13], { targetState: "Active" });

const powerstore: Setting = { powerstore: {} };
// The suspend continues for two seconds after its job.
const eternus: Setting = {
  eternus: {
    sessions: [{ id: 12 }, { id: 13 }],
    behaviour: { suspendDrainMs: 120_000, jobRetentionMs: 24 * 3_600_000 },
  },
};

const imports = ({ powerstore }: World) =>
  powerstore
    .sessions()
    .map(({ name, state }) => `${name} ${state}`)
    .join();
const copies = ({ eternus }: World) =>
  eternus
    .sessions()
    .map(({ id, status, phase }) => `${id} ${status} ${phase}`)
    .join();

export const migrations: readonly [Migration, ...Migration[]] = [
  {
    title: "import",
    setting: powerstore,
    goals: [killed([ready])],
    acts: ["create sv_42"],
    shows: imports,
    end: "scenario-dev-erp Ready_For_Cutover",
  },
  {
    title: "import through cutover",
    setting: powerstore,
    goals: [killed([completed])],
    acts: ["create sv_42", "cutover"],
    shows: imports,
    end: "scenario-dev-erp Import_Completed",
  },
  {
    title: "import, then cutover",
    setting: powerstore,
    goals: [untouched(killed([ready])), killed([completed])],
    acts: ["create sv_42", "cutover"],
    shows: imports,
    end: "scenario-dev-erp Import_Completed",
  },
  {
    title: "import, then destroy",
    setting: powerstore,
    goals: [killed([ready]), gone],
    acts: ["create sv_42", "cancel", "remove"],
    shows: imports,
    end: "",
  },
  {
    title: "import through cutover, then destroy",
    setting: powerstore,
    goals: [untouched(killed([completed])), gone],
    acts: ["create sv_42", "cutover", "remove"],
    shows: imports,
    end: "",
  },
  {
    title: "suspend, then resume",
    setting: eternus,
    goals: [killed([suspended]), killed([active])],
    acts: ["suspend 12,13", "resume 12", "resume 13"],
    shows: copies,
    end: "12 Active Equivalent,13 Active Equivalent",
  },
  {
    title: "suspend, then give back",
    setting: eternus,
    goals: [untouched(killed([suspended])), gone],
    acts: ["suspend 12,13", "resume 12", "resume 13"],
    shows: copies,
    end: "12 Active Equivalent,13 Active Equivalent",
  },
  {
    title: "suspend, and import",
    setting: { ...powerstore, ...eternus },
    goals: [killed([suspended, ready])],
    acts: ["suspend 12,13", "create sv_42"],
    shows: (world) => `${imports(world)} ${copies(world)}`,
    end: "scenario-dev-erp Ready_For_Cutover 12 Suspend Equivalent,13 Suspend Equivalent",
  },
];
