import type { Vendor } from "../core/array/settings-source.ts";

export const powerstore: Vendor = { namespace: "powerstore", title: "PowerStore" };
