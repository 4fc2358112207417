import type { Vendor } from "../core/array/settings-source.ts";

/** The RESTful API listens on a port of its own (ETERNUS RESTful API reference: every request example). */
export const eternus: Vendor = { namespace: "eternus", title: "ETERNUS", defaultPort: 5665 };
