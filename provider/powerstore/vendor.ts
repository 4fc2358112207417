import type { Vendor } from "../core/settings.ts";

export const powerstore: Vendor = { namespace: "powerstore", title: "PowerStore" };
