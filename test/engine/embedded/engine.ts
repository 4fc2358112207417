import { realTime } from "../time.ts";
import { processHost } from "./processes.ts";
import { stackOpener } from "./stack.ts";

/** A small deployment engine for machines without Pulumi: for tests and demonstrations, nothing to deploy with. */
export const embeddedEngine = { name: "embedded", openTime: realTime, stack: stackOpener(processHost, realTime) };
