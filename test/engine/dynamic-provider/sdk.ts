import { createRequire } from "node:module";

/** Loads what the Pulumi SDK itself loads, so that this process holds one copy of it. */
export const requireFromSdk = createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json"));

export const grpc: typeof import("@grpc/grpc-js") = requireFromSdk("@grpc/grpc-js");

export const engineServices: typeof import("@pulumi/pulumi/proto/engine_grpc_pb.js") =
  requireFromSdk("./proto/engine_grpc_pb.js");

export const engineMessages: typeof import("@pulumi/pulumi/proto/engine_pb.js") =
  requireFromSdk("./proto/engine_pb.js");

export const providerServices: typeof import("@pulumi/pulumi/proto/provider_grpc_pb.js") =
  requireFromSdk("./proto/provider_grpc_pb.js");

export const providerMessages: typeof import("@pulumi/pulumi/proto/provider_pb.js") =
  requireFromSdk("./proto/provider_pb.js");

export const { Status }: typeof import("@pulumi/pulumi/proto/status_pb.js") = requireFromSdk("./proto/status_pb.js");

export const { Empty }: typeof import("google-protobuf/google/protobuf/empty_pb.js") = requireFromSdk(
  "google-protobuf/google/protobuf/empty_pb.js",
);

export const { Struct }: typeof import("google-protobuf/google/protobuf/struct_pb.js") = requireFromSdk(
  "google-protobuf/google/protobuf/struct_pb.js",
);
