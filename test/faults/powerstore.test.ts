import { playFaultTable } from "./play-table.ts";
import { powerStoreMoments } from "./powerstore-moments.ts";

playFaultTable(powerStoreMoments);
