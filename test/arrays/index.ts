export { type CertificateAuthority, makeCertificateAuthority, newCertificateAuthority } from "./certificate.ts";
export { type ArrayClock, type SteppedClock, scaledClock, steppedClock } from "./clock.ts";
export type { ArrayAnswer, ArrayRequest, Exchange, QueryPart } from "./exchange.ts";
export type { AddedFault, Fault, Faults, ScriptedFault } from "./faults.ts";
export type { LoggedRequest } from "./request-log.ts";
