import { measureCrowd } from "./crowd.ts";

const [sessions, faults] = process.argv.slice(2);
const measured = await measureCrowd(Number(sessions), faults === "faults");
process.send?.(measured, () => process.disconnect());
