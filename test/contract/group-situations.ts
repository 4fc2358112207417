import { claimsInMemory } from "../../provider/core/claims.ts";
import { dynamicHooks } from "../../provider/core/pulumi/hooks.ts";
import { connectEternus } from "../../provider/eternus/connect.ts";
import { recSessionGroupResource } from "../../provider/eternus/rec-session-group/resource.ts";
import { type EternusOptions, type SimulatedEternus, startEternus, steppedClock } from "../arrays/index.ts";
import { toldDeployment } from "../core/pulumi/volume-resource.ts";
import { settingsFor } from "../core/settings-for.ts";
import { virtualClock } from "../core/virtual-clock.ts";
import { type OneResourceStack, oneResourceStack } from "./one-resource-stack.ts";
import { shownIn, writtenIn } from "./seen-since.ts";
import type { HowTo, Situation } from "./situation.ts";

/** The situations of a REC session group, by the names of their records. */
export const groupSituations = {
  "rec-answer-lost": {
    ...suspendLost(),
    actions: [{ act: "suspend 0, 1", at: "2030-01-01T00:00:00Z", reason: "Equivalent", outcome: "lost" }],
  },
  // The same as it is recorded since the audit log says the outcome by itself.
  "rec-outcome-lost": suspendLost(),
  "rec-suspended": {
    destroy: ["resume 0,1"],
    preview: "same",
    begin: group(({ up }) => up({ copySessionIds: [0, 1, 2] })),
  },
  "rec-partial": {
    said: [
      "suspend copy session 1; destroy would resume copy sessions 0, 1, discarding writes on the destinations",
      "warning: suspend: copy session 1 without the others of the group, so the destinations show different moments (consistent: false)",
    ],
    destroy: ["resume 0"],
    up: ["suspend 1"],
    preview: "update",
    begin: group(async ({ up }, array) => {
      array.failNext(1, "suspend", "5300", "Copy path error");
      await up({ copySessionIds: [0, 1, 2] });
    }),
  },
  "rec-resumed": {
    destroy: [],
    preview: "same",
    begin: group(async ({ up }) => {
      await up({ copySessionIds: [0, 1] });
      await up({ copySessionIds: [0, 1], targetState: "Active" });
    }),
  },
  "rec-reversed": {
    // It was reversed since it last copied, or nobody knows.
    destroy: [],
    leaves: (asFound: string) => asFound.replace(/([01]) Active(.*?)Forward/g, "$1 Suspend$2Reversed"),
    preview: "same",
    begin: group(({ up }) => up({ copySessionIds: [0, 1], direction: "RemoteToLocal" })),
  },
  "rec-modes": {
    destroy: ["modify 0,1", "resume 0,1"],
    preview: "same",
    begin: group(({ up }) => up({ copySessionIds: [0, 1], transferMode: "Synchronous", recoveryMode: "Manual" })),
  },
  "rec-forced": {
    destroy: ["resume 3"],
    preview: "same",
    begin: group(({ up }) => up({ copySessionIds: [3], force: true })),
  },
  "rec-membership": {
    destroy: ["resume 1"],
    preview: "same",
    begin: group(async ({ up }) => {
      await up({ copySessionIds: [0, 1] });
      await up({ copySessionIds: [1, 2], resume: [0] });
    }),
  },
  "rec-let-go": {
    destroy: ["resume 1"],
    leaves: (asFound: string) => asFound.replace("0 Active", "0 Suspend"),
    preview: "same",
    begin: group(async ({ up }) => {
      await up({ copySessionIds: [0, 1], change: "CHG4711" });
      await up({ copySessionIds: [1, 2], change: "CHG4711" });
    }),
  },
  // A session that left the group could not be resumed, and stays on record until that succeeds.
  "rec-resume-failed": {
    destroy: ["resume 0,1"],
    up: ["resume 0"],
    preview: "update",
    said: [
      "resume copy session 0; destroy would resume copy session 1, discarding writes on the destinations",
      "warning: resume: discards writes on 1 destination since 2030-01-01T00:00:11Z (volume 2000)",
    ],
    begin: group(async ({ up }, array) => {
      await up({ copySessionIds: [0, 1] });
      array.failNext(0, "resume", "5300", "Copy path error");
      await up({ copySessionIds: [1, 2], resume: [0] });
    }),
  },
  "rec-suspending": {
    said: [
      "wait: 1/2 suspended: copy session 0: the array suspends; destroy would resume copy sessions 0, 1, discarding writes on the destinations",
    ],
    destroy: ["resume 0,1"],
    preview: "update",
    begin: group(({ up }) => up({ copySessionIds: [0, 1], timeouts: { create: "8s" } }), {
      behaviour: { suspendDrainMs: 120_000 },
    }),
  },
} as const satisfies Readonly<Record<string, HowTo>>;

/** A run that sent a suspend, got no answer, and ended before the sessions were suspended. */
function suspendLost() {
  return {
    begin: group(
      async ({ up }, array) => {
        array.faults.add({ when: { method: "POST", path: /suspend/ }, do: { kind: "lose-answer" } });
        await up({ copySessionIds: [0, 1], timeouts: { create: "4s" } });
      },
      { behaviour: { suspendDrainMs: 120_000 } },
    ),
    preview: "update",
    said: [
      "wait: 1/2 suspended: copy session 0: the array suspends; destroy would resume copy sessions 0, 1, discarding writes on the destinations",
    ],
    destroy: ["resume 0,1"],
  } as const;
}

function group(
  story: (stack: OneResourceStack, array: SimulatedEternus) => Promise<void>,
  options: EternusOptions = {},
): () => Promise<Situation> {
  return async () => {
    const arrayClock = steppedClock();
    const clock = virtualClock({ along: [arrayClock] });
    const array = await startEternus({ clock: arrayClock, sessions: fourSessions, ...options });
    const asFound = sessionsOf(array);
    const connection = connectEternus(settingsFor(array), { clock });
    const resource = recSessionGroupResource(() => connection);
    const kind = {
      name: "erp-dr",
      type: "pulumi-nodejs:dynamic/eternus:RecSessionGroup",
      provider: 'exports.handler=()=>require("pulumi-storage-migration/provider").recSessionGroup',
    };
    const deployment = toldDeployment(clock);
    const hooks = () => dynamicHooks(resource, { ...deployment, claims: claimsInMemory() });
    const recording = oneResourceStack(kind, hooks);
    const stack = { ...recording, up: (inputs: object) => recording.up({ targetState: "Suspend", ...inputs }) };
    await story(stack, array);
    const before = array.acts().length;
    const saidBefore = deployment.said.length;
    const requestsBefore = array.requests.length;
    return {
      stack,
      endpoint: array.endpoint,
      sessionId: undefined,
      said: () => shownIn(deployment.said.slice(saidBefore)),
      sent: () => commandsOf(array.acts().slice(before)),
      written: () => writtenIn(array.requests.slice(requestsBefore), /v1\/session/),
      pass: (ms) => clock.advance(ms),
      shows: () => sessionsOf(array),
      asFound,
      async close() {
        await connection.logout();
        await array.close();
      },
    };
  };
}

const fourSessions: NonNullable<EternusOptions["sessions"]> = [
  { id: 0 },
  { id: 1, transferMode: "Stack" },
  { id: 2, status: "Suspend" },
  { id: 3, transferMode: "Consistency", phase: "Copying", rateMbPerSecond: 0 },
];

/** `resume 0,1`: those of a kind go out together, and may overtake each other. */
function commandsOf(acts: ReturnType<SimulatedEternus["acts"]>): readonly string[] {
  const commands: { readonly kind: string; readonly ids: number[] }[] = [];
  for (const { method, path, body } of acts) {
    const [, , , , first = "", second] = path.split("/");
    const kind = method === "PATCH" ? "modify" : (second ?? first);
    const ids = second === undefined && method !== "PATCH" ? numbersIn(body) : [Number(first)];
    const last = commands.at(-1);
    if (last?.kind === kind) last.ids.push(...ids);
    else commands.push({ kind, ids });
  }
  return commands.map(({ kind, ids }) => `${kind} ${ids.sort().join()}`);
}

function numbersIn(body: unknown): number[] {
  return Array.from(JSON.stringify(body).matchAll(/\d+/g), ([digits]) => Number(digits));
}

/** All that a destroy has to restore. */
function sessionsOf(array: SimulatedEternus): string {
  return array
    .sessions()
    .map(({ id, status, transferMode, splitMode, recoveryMode, isLocalSource }) =>
      [id, status, transferMode, splitMode, recoveryMode, isLocalSource ? "Forward" : "Reversed"].join(" "),
    )
    .join(", ");
}
