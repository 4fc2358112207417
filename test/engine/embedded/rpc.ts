import type { ServiceError } from "@grpc/grpc-js";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { requireFromSdk } from "../sdk.ts";
import { isProperties, type Properties } from "../wire-value.ts";

export const grpc: typeof import("@grpc/grpc-js") = requireFromSdk("@grpc/grpc-js");

const structs: typeof import("google-protobuf/google/protobuf/struct_pb.js") = requireFromSdk(
  "google-protobuf/google/protobuf/struct_pb.js",
);

/** Makes a promise of a call without streams. */
export function call<Response>(
  send: (done: (error: ServiceError | null, response: Response) => void) => unknown,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    send((error, response) => (error === null ? resolve(response) : reject(error)));
  });
}

export function toStruct(properties: Properties): Struct {
  return structs.Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)));
}

export function fromStruct(struct: Struct | undefined): Properties {
  const value: unknown = struct?.toJavaScript();
  return isProperties(value) ? value : {};
}
