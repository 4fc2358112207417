import { z } from "zod";
import { dynamicHooks } from "../../../provider/core/pulumi/hooks.ts";
import { connectEternus } from "../../../provider/eternus/connect.ts";
import { recSessionGroupResource } from "../../../provider/eternus/rec-session-group/resource.ts";
import { type CopySessionSeed, type SimulatedEternus, startEternus, steppedClock } from "../../arrays/index.ts";
import { settingsFor } from "../../core/settings-for.ts";
import type { ProviderProcess } from "../provider-process.ts";
import type { Resource } from "../stack.ts";
import { timeline } from "../timeline.ts";
import type { Trial } from "../trial.ts";
import { actByHand } from "./by-hand.ts";
import { judgeGroup } from "./judge.ts";
import { sentAct } from "./sent-act.ts";
import { saidAgainst } from "./truth.ts";
import { type Declared, type Member, memberIds, type World } from "./world.ts";

const urn = "urn:pulumi:chaos::migration::pulumi-nodejs:dynamic/pulumi-storage-migration:RecSessionGroup::erp-dr";
const password = "Never-told-2";

/** An ETERNUS with one group to be suspended or resumed. */
export async function groupTrial(world: World): Promise<Trial<Declared>> {
  const arrayClock = steppedClock({ startMs: Date.UTC(2030, 0, 1) + (world.aheadS ?? 0) * 1000 });
  const time = timeline(arrayClock);
  const seeds = world.sessions.map(
    (member, index): CopySessionSeed => ({ id: memberIds[index] ?? 0, ...seedOf(member) }),
  );
  const array = await startEternus({
    clock: arrayClock,
    password,
    sessions: seeds,
    ...(world.behaviour === undefined ? {} : { behaviour: world.behaviour }),
  });
  const ids = seeds.map(({ id }) => id);
  const touched = new Set<number>();
  const everActive = new Set<number>();
  const started: Started[] = [];
  const untold = new Set<number>();
  const everListed = new Set<number>();
  const letGo = new Set<number>();

  const declaredIds = ({ names }: Declared) => {
    const some = names === "the first" ? ids.slice(0, 1) : names === "all but the first" ? ids.slice(1) : ids;
    return some.length === 0 ? ids : some;
  };
  const hand = (words: string) => {
    const id = actByHand(array, words);
    if (words.startsWith("forget")) return;
    touched.add(id);
  };

  return {
    time,
    array,
    secrets: [password],
    serve(deployment) {
      const connection = connectEternus(
        settingsFor(
          { ...array, caCertificate: undefined },
          {
            // As for the other array: trust is tested elsewhere.
            insecure: true,
            pollMaximumMs: 120_000,
            requestsInFlight: world.requestsInFlight ?? 1,
          },
        ),
        deployment,
      );
      return {
        connection,
        hooks: dynamicHooks(
          recSessionGroupResource(() => connection),
          deployment,
        ),
      };
    },
    kindOf({ method, path }) {
      if (path.startsWith("/api/v1/session")) return "login";
      return method === "GET" || path.startsWith("/api/v1/job") ? "read" : "act";
    },
    atStake(request) {
      const act = sentAct(request);
      const [id = 0] = act?.ids ?? [];
      if (act?.kind === "resume")
        return {
          what: `a resume of ${id}`,
          warning: new RegExp(`resume: discards writes.*\\b[12]${`${id}`.padStart(3, "0")}\\b`),
        };
      if (act?.kind === "reverse") return { what: `a reverse of ${id}`, warning: new RegExp(`reverse: .*\\b${id}\\b`) };
      return act?.isForced === true ? { what: "a suspend by force", warning: /force: / } : undefined;
    },
    program(declared) {
      const { target, force, waitForEquivalent, direction, recoveryMode } = declared;
      if (target === "Active") for (const id of declaredIds(declared)) everActive.add(id);
      const listed = declaredIds(declared);
      const others = ids.filter((id) => !listed.includes(id));
      if (declared.resumesOthers !== true) for (const id of others) if (everListed.has(id)) letGo.add(id);
      for (const id of listed) everListed.add(id);
      const given = {
        __provider: "provider",
        resourceUrn: urn,
        copySessionIds: listed,
        resume: declared.resumesOthers === true ? others : undefined,
        targetState: target,
        force: target === "Active" ? undefined : force,
        waitForEquivalent,
        direction,
        recoveryMode,
      };
      return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    },
    async restart() {
      array.restart();
      await array.refuseConnections();
      await array.acceptConnections();
    },
    endLogins() {
      // Tokens die with a restart only; the jobs that die with them are a hardship of their own.
      array.restart();
    },
    byHand: hand,
    calm() {
      for (const id of ids) for (const word of ["undisguise", "recover"]) actByHand(array, `${word} ${id}`);
    },
    untilLoginS: () => (array.logins < (world.behaviour?.loginLimit ?? 64) ? 0 : 31 * 60),
    snapshot: () =>
      array
        .sessions()
        .map(
          ({ id, status, phase, suspending }) =>
            `${id} ${status} ${phase}${suspending === undefined ? "" : " (suspending)"}`,
        )
        .join(", "),
    judge(declared, recorded, process, run) {
      const jobs = new Set(array.jobs().map(({ id }) => id));
      // These runs keep no journal. What a killed run has started can then be known by its job only; and the suspend of a part of the group, or of a group on record,
      // may be anybody's. And what the program has left out since, nobody looks for.
      const wanted = declaredIds(declared());
      for (const { process, jobId, isWhole, isAnswered, hadRecord, ids } of started) {
        if (!process.isKilled && (isAnswered || !process.isInterrupted)) continue;
        const isKnown = isWhole && !hadRecord && process.isKilled && jobs.has(jobId);
        for (const id of ids) if (!isKnown || (recorded === undefined && !wanted.includes(id))) untold.add(id);
      }
      return judgeGroup({
        openJobs: () => array.jobs().filter(({ status }) => status === "Queued" || status === "Running"),
        mayForce: () => declared().force === true || recorded?.outputs.force === true,
        isOthersSuspend: (id) =>
          seeds.some((seed) => seed.id === id && seed.status === "Suspend") && !touched.has(id) && !everActive.has(id),
        isLetGo: (id) =>
          run !== "destroy" && declared().resumesOthers !== true && !declaredIds(declared()).includes(id),
        took({ kind, ids }, jobId, isAnswered) {
          const isWhole = ids.length === declaredIds(declared()).length;
          started.push({ ids, isWhole, jobId, process, isAnswered, hadRecord: recorded !== undefined });
          // A destroy resumes no session that was reversed since it last copied.
          if (kind === "reverse") for (const id of ids) untold.add(id);
        },
      });
    },
    contradiction: (declared, { outputs }) => saidAgainst(array, declaredIds(declared), declared, outputs),
    mayFail: (declared, recorded, error) =>
      // What was left out is still to be resumed, and cannot be.
      (declared.resumesOthers === true && recordedIds(recorded).some((id) => isBroken(array.session(id)))) ||
      declaredIds(declared).some((id) => isLost(array.session(id)) || isForcedInVain(declared, array.session(id))) ||
      (declared.target === "Active" && error.includes("can only be changed while it is suspended")),
    leftAfterDestroy() {
      const left = seeds.flatMap(({ id, status = "Active" }) => {
        if (status === "Suspend" || touched.has(id) || untold.has(id) || letGo.has(id)) return [];
        return array.session(id)?.status === "Suspend" ? [`session ${id} is suspended, and was ${status}`] : [];
      });
      return left.length === 0 ? undefined : left.join(", ");
    },
    mayStay: () => ids.some((id) => isLost(array.session(id))),
  };
}

/** A command that the array took. */
interface Started {
  readonly ids: readonly number[];
  readonly isWhole: boolean;
  readonly jobId: number;
  readonly process: ProviderProcess;
  /** Whether the provider has got the answer. */
  readonly isAnswered: boolean;
  readonly hadRecord: boolean;
}

/** The sessions that are still to be brought somewhere, declared or not. */
function recordedIds(recorded: Resource | undefined): number[] {
  const { data } = z.object({ sessions: z.array(z.object({ id: z.number() })) }).safeParse(recorded?.outputs);
  return data?.sessions.map(({ id }) => id) ?? [];
}

type Session = ReturnType<SimulatedEternus["session"]>;

/** In Stack mode even force does not suspend what is not equivalent. */
function isForcedInVain({ target, force }: Declared, session: Session): boolean {
  const isUnequal = session?.status === "Active" && session.phase !== "Equivalent";
  return target === "Suspend" && force === true && isUnequal && session.transferMode === "Stack";
}

function isLost(session: Session): boolean {
  if (session === undefined || session.localVolume.number === 4000) return true;
  if (session.status === "Halt") return session.recoveryMode === "Manual";
  return isBroken(session);
}

function isBroken(session: Session): boolean {
  return session?.status === "Error" || session?.status === "Error_Suspend";
}

function seedOf({ mode, is }: Member): Omit<CopySessionSeed, "id"> {
  const transferMode = mode;
  switch (is) {
    case "equivalent":
      return { transferMode };
    case "copying":
      return { transferMode, phase: "Copying", totalMb: 40_000 };
    case "suspended":
      return { transferMode, status: "Suspend", phase: "Equivalent", suspendedMs: Date.UTC(2029, 11, 31) };
    case "suspended early":
      return { transferMode, status: "Suspend", phase: "Copying", suspendedMs: Date.UTC(2029, 11, 31) };
    case "halted":
      return { transferMode, status: "Halt", phase: "Copying" };
  }
}
