import { isDeepStrictEqual } from "node:util";
import type { ServiceError } from "@grpc/grpc-js";
import type * as proto from "@pulumi/pulumi/proto/provider_pb.js";
import { inTheClear, isProperties, markSecrets, type Properties } from "../wire-value.ts";
import { Empty, grpc, providerMessages as messages, providerServices, Status } from "./sdk.ts";
import { toProperties, toStruct } from "./struct.ts";

/** A dynamic provider's hooks. It knows no secrets: they are laid open for it and marked again. */
export interface Provider {
  check(urn: string, olds: Properties, news: Properties): Promise<Checked>;
  diff(recorded: Recorded, news: Properties): Promise<Difference>;
  create(urn: string, inputs: Properties): Promise<Made>;
  update(recorded: Recorded, news: Properties): Promise<Made>;
  /** The `id` is blank when the resource is gone. */
  read(recorded: Recorded): Promise<Omit<Recorded, "urn">>;
  delete(recorded: Recorded): Promise<void>;
  /** What a Ctrl-C sends, and every normal end too. */
  cancel(): Promise<void>;
}

export interface Checked {
  readonly inputs: Properties;
  readonly failures: readonly { readonly property: string; readonly reason: string }[];
}

export interface Difference {
  readonly isChange: boolean;
  /** The properties because of which it has to be replaced. */
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** A resource that is there. */
export interface Recorded {
  readonly id: string;
  readonly urn: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/** What became of a resource; with `initErrors` it is there but not as it should be. */
export interface Made {
  readonly id: string;
  readonly outputs: Properties;
  readonly initErrors?: readonly string[];
}

/** Connects to a provider server and configures it with the stack's whole config, secrets in the clear. */
export async function connectProvider(address: string, config: Properties): Promise<Provider> {
  const unbounded = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };
  const client = new providerServices.ResourceProviderClient(address, grpc.credentials.createInsecure(), unbounded);
  await call((done) => client.configure(fill(new messages.ConfigureRequest(), { Args: config }), done));
  return {
    async check(urn: string, olds: Properties, news: Properties) {
      const request = fill(new messages.CheckRequest(), { Urn: urn, Olds: olds, News: news });
      const response = await call<proto.CheckResponse>((done) => client.check(request, done));
      const failures = response.getFailuresList().map((failure) => failure.toObject());
      return { inputs: markSecrets(toProperties(response.getInputs()), news), failures };
    },
    /** A provider that compares nothing leaves it to the engine, which compares inputs. */
    async diff({ id, urn, inputs, outputs }: Recorded, news: Properties) {
      const olds = { OldInputs: inputs, Olds: outputs };
      const request = fill(new messages.DiffRequest(), { Id: id, Urn: urn, ...olds, News: news });
      const response = await call<proto.DiffResponse>((done) => client.diff(request, done));
      const areEqual = isDeepStrictEqual(inTheClear(inputs), inTheClear(news));
      const { DIFF_UNKNOWN, DIFF_SOME } = messages.DiffResponse.DiffChanges;
      return {
        isChange: response.getChanges() === DIFF_UNKNOWN ? !areEqual : response.getChanges() === DIFF_SOME,
        replaces: response.getReplacesList(),
        deleteBeforeReplace: response.getDeletebeforereplace(),
      };
    },
    async create(urn: string, inputs: Properties): Promise<Made> {
      const request = fill(new messages.CreateRequest(), { Urn: urn, Properties: inputs });
      return await made(inputs, async () => {
        const response = await call<proto.CreateResponse>((done) => client.create(request, done));
        return { id: response.getId(), outputs: toProperties(response.getProperties()) };
      });
    },
    async update({ id, urn, inputs, outputs }: Recorded, news: Properties): Promise<Made> {
      const olds = { OldInputs: inputs, Olds: outputs };
      const request = fill(new messages.UpdateRequest(), { Id: id, Urn: urn, ...olds, News: news });
      return await made(news, async () => {
        const response = await call<proto.UpdateResponse>((done) => client.update(request, done));
        return { id, outputs: toProperties(response.getProperties()) };
      });
    },
    async read({ id, urn, inputs, outputs }: Recorded) {
      const request = fill(new messages.ReadRequest(), { Id: id, Urn: urn, Inputs: inputs, Properties: outputs });
      const response = await call<proto.ReadResponse>((done) => client.read(request, done));
      return {
        id: response.getId(),
        inputs: response.hasInputs() ? markSecrets(toProperties(response.getInputs()), inputs) : inputs,
        outputs: markSecrets(toProperties(response.getProperties()), outputs),
      };
    },
    async delete({ id, urn, outputs }: Recorded): Promise<void> {
      const request = fill(new messages.DeleteRequest(), { Id: id, Urn: urn, Properties: outputs });
      await call((done) => client.delete(request, done));
    },
    async cancel(): Promise<void> {
      // A provider that is gone already has nothing left to cancel.
      await call((done) => client.cancel(new Empty(), done)).catch(() => undefined);
    },
  };
}

/** The text for people in what a hook was rejected with. */
export function toReason(error: unknown): string {
  if (isServiceError(error)) return error.details;
  return error instanceof Error ? error.message : String(error);
}

function call<Response>(send: (done: (error: ServiceError | null, response: Response) => void) => unknown) {
  return new Promise<Response>((resolve, reject) => {
    send((error, response) => (error === null ? resolve(response) : reject(error)));
  });
}

/** The setters of a generated message, by the field's name. */
type Fields<Message> = {
  readonly [Name in keyof Message as Name extends `set${infer Field}` ? Field : never]?: string | Properties;
};

function fill<Message extends object>(message: Message, fields: Fields<Message>): Message {
  for (const [name, value] of Object.entries(fields)) {
    const set: unknown = Reflect.get(message, `set${name}`);
    if (typeof set === "function") set.call(message, isProperties(value) ? toStruct(value) : value);
  }
  return message;
}

async function made(inputs: Properties, act: () => Promise<Made>): Promise<Made> {
  const result = await act().catch(leftBehind);
  return { ...result, outputs: markSecrets(result.outputs, inputs) };
}

/** The resource that an error of create or update leaves behind; an error that leaves nothing is thrown on. */
function leftBehind(error: unknown): Made {
  const [status] = isServiceError(error) ? error.metadata.get("grpc-status-details-bin") : [];
  const detail = Buffer.isBuffer(status) ? Status.deserializeBinary(status).getDetailsList()[0] : undefined;
  if (detail === undefined) throw error;
  const left = messages.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
  return { id: left.getId(), outputs: toProperties(left.getProperties()), initErrors: left.getReasonsList() };
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && "metadata" in error && error.metadata instanceof grpc.Metadata;
}
