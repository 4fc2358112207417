export * as eternus from "./eternus.ts";
export * as powerstore from "./powerstore.ts";
