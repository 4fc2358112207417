import type { Vendor } from "../core/array/settings.ts";

export const powerstore: Vendor = { namespace: "powerstore", title: "PowerStore" };
