import { eternusMoments } from "./eternus-moments.ts";
import { playFaultTable } from "./play-table.ts";

playFaultTable(eternusMoments);
