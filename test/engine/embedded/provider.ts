import type { ServiceError } from "@grpc/grpc-js";
import { requireFromSdk } from "../sdk.ts";
import { isProperties, isSecret, mapEntries, type Properties, SECRET, SIGNATURE } from "../wire-value.ts";
import type { ResourceState } from "./resource.ts";
import { call, fromStruct, grpc, toStruct } from "./rpc.ts";

/** What became of a resource; with `initErrors` it is there but not as it should be. */
export interface Made {
  readonly id: string;
  readonly outputs: Properties;
  readonly initErrors?: readonly string[];
}

/** A dynamic provider's hooks over its own protocol. Secrets go to it in the clear and are marked again on the way back. */
export type Provider = Awaited<ReturnType<typeof connectProvider>>;

export async function connectProvider(address: string, config: Readonly<Record<string, string>>) {
  const client = new services.ResourceProviderClient(address, grpc.credentials.createInsecure(), {
    "grpc.max_receive_message_length": -1,
  });
  const configuration = new messages.ConfigureRequest();
  configuration.setArgs(toStruct(config));
  await call((done) => client.configure(configuration, done));
  return {
    async check(urn: string, olds: Properties, news: Properties) {
      const request = new messages.CheckRequest();
      request.setUrn(urn);
      request.setOlds(toStruct(inTheClear(olds)));
      request.setNews(toStruct(inTheClear(news)));
      const response = await call<InstanceType<typeof messages.CheckResponse>>((done) => client.check(request, done));
      const { failuresList } = response.toObject();
      return { inputs: markSecrets(fromStruct(response.getInputs()), news), failures: failuresList };
    },
    async diff(old: ResourceState, news: Properties) {
      const request = new messages.DiffRequest();
      request.setId(old.id);
      request.setUrn(old.urn);
      request.setOldInputs(toStruct(inTheClear(old.inputs)));
      request.setOlds(toStruct(inTheClear(old.outputs)));
      request.setNews(toStruct(inTheClear(news)));
      const response = await call<InstanceType<typeof messages.DiffResponse>>((done) => client.diff(request, done));
      const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
      const changes = response.getChanges();
      return {
        changes: changes === DIFF_SOME ? true : changes === DIFF_NONE ? false : undefined,
        isReplacement: response.getReplacesList().length > 0,
        deleteBeforeReplace: response.getDeletebeforereplace(),
      };
    },
    async create(urn: string, inputs: Properties): Promise<Made> {
      const request = new messages.CreateRequest();
      request.setUrn(urn);
      request.setProperties(toStruct(inTheClear(inputs)));
      return await made(inputs, async () => {
        const response = await call<InstanceType<typeof messages.CreateResponse>>((done) => client.create(request, done));
        return { id: response.getId(), outputs: fromStruct(response.getProperties()) };
      });
    },
    async update(old: ResourceState, news: Properties): Promise<Made> {
      const request = new messages.UpdateRequest();
      request.setId(old.id);
      request.setUrn(old.urn);
      request.setOldInputs(toStruct(inTheClear(old.inputs)));
      request.setOlds(toStruct(inTheClear(old.outputs)));
      request.setNews(toStruct(inTheClear(news)));
      return await made(news, async () => {
        const response = await call<InstanceType<typeof messages.UpdateResponse>>((done) => client.update(request, done));
        return { id: old.id, outputs: fromStruct(response.getProperties()) };
      });
    },
    async read({ id, urn, inputs, outputs }: ResourceState): Promise<Made & { readonly inputs: Properties }> {
      const request = new messages.ReadRequest();
      request.setId(id);
      request.setUrn(urn);
      request.setInputs(toStruct(inTheClear(inputs)));
      request.setProperties(toStruct(inTheClear(outputs)));
      const response = await call<InstanceType<typeof messages.ReadResponse>>((done) => client.read(request, done));
      const found = response.hasInputs() ? markSecrets(fromStruct(response.getInputs()), inputs) : inputs;
      return { id: response.getId(), inputs: found, outputs: markSecrets(fromStruct(response.getProperties()), outputs) };
    },
    async delete({ id, urn, outputs }: ResourceState): Promise<void> {
      const request = new messages.DeleteRequest();
      request.setId(id);
      request.setUrn(urn);
      request.setProperties(toStruct(inTheClear(outputs)));
      await call((done) => client.delete(request, done));
    },
    async cancel(): Promise<void> {
      await call((done) => client.cancel(new empty.Empty(), done)).catch(() => undefined);
    },
    close: () => client.close(),
  };
}

/** The text for people in what a call was rejected with. */
export function toReason(error: unknown): string {
  if (isServiceError(error)) return error.details;
  return error instanceof Error ? error.message : String(error);
}

const services: typeof import("@pulumi/pulumi/proto/provider_grpc_pb.js") = requireFromSdk("./proto/provider_grpc_pb.js");
const messages: typeof import("@pulumi/pulumi/proto/provider_pb.js") = requireFromSdk("./proto/provider_pb.js");
const statuses: typeof import("@pulumi/pulumi/proto/status_pb.js") = requireFromSdk("./proto/status_pb.js");
const empty: typeof import("google-protobuf/google/protobuf/empty_pb.js") = requireFromSdk(
  "google-protobuf/google/protobuf/empty_pb.js",
);

/** An error of create or update may carry the resource it leaves behind. */
async function made(inputs: Properties, act: () => Promise<Made>): Promise<Made> {
  const result = await act().catch((error: unknown) => {
    const [status] = isServiceError(error) ? error.metadata.get("grpc-status-details-bin") : [];
    if (!Buffer.isBuffer(status)) throw error;
    const [detail] = statuses.Status.deserializeBinary(status).getDetailsList();
    if (detail === undefined) throw error;
    const failure = messages.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
    return { id: failure.getId(), outputs: fromStruct(failure.getProperties()), initErrors: failure.getReasonsList() };
  });
  return { ...result, outputs: markSecrets(result.outputs, inputs) };
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && "metadata" in error && error.metadata instanceof grpc.Metadata;
}

function inTheClear(properties: Properties): Properties {
  return mapEntries(properties, clearValue);
}

function clearValue(value: unknown): unknown {
  if (isSecret(value)) return clearValue(value["value"]);
  if (Array.isArray(value)) return value.map(clearValue);
  return isProperties(value) ? inTheClear(value) : value;
}

function markSecrets(properties: Properties, like: Properties): Properties {
  return mapEntries(properties, (value, key) => {
    const model = like[key];
    if (isSecret(value)) return value;
    if (isProperties(value) && isProperties(model) && !isSecret(model)) return markSecrets(value, model);
    return JSON.stringify(model)?.includes(SECRET) === true ? { [SIGNATURE]: SECRET, value } : value;
  });
}
