export * from "./eternus/lookups.ts";
export * from "./eternus/rec-session-group.ts";
