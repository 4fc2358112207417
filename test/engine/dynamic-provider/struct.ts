import type { Struct as StructMessage } from "google-protobuf/google/protobuf/struct_pb.js";
import { inTheClear, isProperties, type Properties } from "../wire-value.ts";
import { requireFromSdk, Struct } from "./sdk.ts";

/** Properties as an engine sends them to a provider that knows no secrets. */
export function toStruct(properties: Properties): StructMessage {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(inTheClear(properties))));
}

/** The same of what a provider gives back, which nobody passes through JSON before: what has no place in a message is an error. */
export const { fromJavaScript: givenBack }: { fromJavaScript(properties: Properties): StructMessage } = requireFromSdk(
  "google-protobuf/google/protobuf/struct_pb.js",
).Struct;

/** Properties as they arrive. */
export function toProperties(struct: StructMessage | undefined): Properties {
  const value: unknown = struct?.toJavaScript();
  return isProperties(value) ? value : {};
}
