export { type CertificateAuthority, makeCertificateAuthority, newCertificateAuthority } from "./certificate.ts";
export { type ArrayClock, type SteppedClock, scaledClock, steppedClock } from "./clock.ts";
export type { Failures as EternusFailures, Operator as EternusOperator } from "./eternus/by-hand.ts";
export { boxId, type CopyPair, type CopySession, type CopySessionSeed } from "./eternus/copy-session.ts";
export type { EternusAct } from "./eternus/eternus-array.ts";
export type { Job as EternusJob } from "./eternus/job.ts";
export type { Account as EternusAccount, Role as EternusRole } from "./eternus/login-table.ts";
export type { EternusSettings, FailureShape } from "./eternus/settings.ts";
export { type EternusOptions, type SimulatedEternus, startEternus } from "./eternus/simulated-eternus.ts";
export type { ArrayAnswer, ArrayRequest, Exchange, QueryPart } from "./exchange.ts";
export type { AddedFault, Fault, Faults, ScriptedFault } from "./faults.ts";
export type { CreateBody as ImportSessionCreateBody } from "./powerstore/create-body.ts";
export type { ImportTimings, SessionConditions } from "./powerstore/import-session.ts";
export type { ImportState, ImportType } from "./powerstore/import-states.ts";
export {
  defaultInventory,
  type Inventory,
  type NamedSeed,
  type ProtectionPolicySeed,
  type RemoteSystemSeed,
  type RemoteSystemType,
  type SourceGroupSeed,
  type SourceVolumeSeed,
} from "./powerstore/inventory.ts";
export type { PowerStoreOperator } from "./powerstore/operator.ts";
export {
  type LoggedAct,
  type PowerStoreOptions,
  type SimulatedPowerStore,
  startPowerStore,
} from "./powerstore/power-store.ts";
export { Refusal as PowerStoreRefusal } from "./powerstore/refusal.ts";
export type { ImportSessionInstance } from "./powerstore/session-instance.ts";
export type { StaleLoginAnswer } from "./powerstore/stale-login.ts";
export type { LoggedRequest } from "./request-log.ts";
export type { Temperament } from "./temperament/temperament.ts";
export { type ArrayMake, type Trait, type TraitName, traits } from "./temperament/traits.ts";
