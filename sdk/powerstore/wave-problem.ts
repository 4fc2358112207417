import { Output } from "@pulumi/pulumi";
import { nearestName, unknownInputText } from "../../provider/core/text/nearest-name.ts";
import { type CutoverWindow, importSessionInputs } from "./import-session.ts";
import type { MigrationWaveArgs } from "./wave-args.ts";

/** What is wrong with the arguments of a wave. A misspelt gate would be none, and an unknown word a cutover. */
export function problemOf(args: MigrationWaveArgs): string | undefined {
  const unknown = unknownInput(args);
  if (unknown !== undefined) return unknown;
  const { members, formerNames = {}, copiesAtOnce = 1, canary, cutover = false } = args;
  const names = Object.keys(members);
  const strange = Object.keys(formerNames).find((name) => !names.includes(name));
  const former = Object.values(formerNames);
  const taken = former.find((name, index) => names.includes(name) || former.indexOf(name) !== index);
  if (names.length === 0) return "members must name at least one member";
  if (strange !== undefined) return `formerNames: "${strange}" is not a member`;
  if (taken !== undefined) return `formerNames: "${taken}" is also the name of another member`;
  if (!Number.isInteger(copiesAtOnce) || copiesAtOnce < 1) return "copiesAtOnce must be a whole number, 1 or more";
  if (!cutoverWords.includes(cutover)) return 'cutover must be true, false or "canary"';
  if (canary !== undefined && !names.includes(canary)) return `canary "${canary}" is not a member`;
  if (cutover === "canary" && canary === undefined) return 'cutover "canary" requires a canary';
  return undefined;
}

const cutoverWords: readonly unknown[] = [true, false, "canary"];

/** The first input that nobody knows. What is inside the inputs of a member, the provider checks. */
function unknownInput(args: MigrationWaveArgs): string | undefined {
  const { members, defaults = {}, cutoverWindow = {} } = args;
  return [
    ...unknownNames("", args, waveInputs),
    ...unknownNames("defaults.", defaults, memberInputs),
    ...Object.entries(members).flatMap(([name, member]) => unknownNames(`members.${name}.`, member, memberInputs)),
    ...(isPlain(cutoverWindow) ? unknownNames("cutoverWindow.", cutoverWindow, windowInputs) : []),
  ][0];
}

function unknownNames(path: string, given: object, known: Readonly<Record<string, true>>): readonly string[] {
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(known, name));
  return unknown.map((name) => `${path}${name} ${unknownInputText(nearestName(name, Object.keys(known)))}`);
}

function isPlain(given: object): boolean {
  return !(Output.isInstance(given) || given instanceof Promise);
}

const waveInputs: Readonly<Record<keyof MigrationWaveArgs, true>> = {
  members: true,
  formerNames: true,
  defaults: true,
  copiesAtOnce: true,
  canary: true,
  cutover: true,
  cutoverWindow: true,
  cutoverApproval: true,
};

const { sessionId, targetState, automaticCutover, cutoverWindow, cutoverApproval, ...memberInputs } =
  importSessionInputs;

const windowInputs: Readonly<Record<keyof CutoverWindow, true>> = { notBefore: true, notAfter: true };
