import type { ImportSessionInputs } from "../inputs.ts";
import { markedDescription, sessionNameOf } from "../naming.ts";

/**
 * The body of `POST /import_session`, `import_session_create`: what is given and nothing else, because PowerStore rejects keys it does not know. It also rejects
 * a start in the past, so one that has passed (of a session that is replaced later) is left out: the import starts at once.
 */
export function createBody(inputs: ImportSessionInputs, urn: string, nowMs: number) {
  const { memberMappings = [], scheduledTimestamp: startMs = 0 } = inputs;
  const withHosts = memberMappings.flatMap(({ volumeWwn, hostIds }) =>
    hostIds === undefined ? [] : [{ volume_wwn: volumeWwn, host_ids: hostIds }],
  );
  const withHostGroups = memberMappings.flatMap(({ volumeWwn, hostGroupIds }) =>
    hostGroupIds === undefined ? [] : [{ volume_wwn: volumeWwn, host_group_ids: hostGroupIds }],
  );
  return {
    remote_system_id: inputs.remoteSystemId ?? "",
    source_resource_id: inputs.sourceResourceId ?? "",
    name: sessionNameOf(inputs, urn),
    description: markedDescription(inputs.description, urn),
    ...given("type", inputs.type),
    ...given("host_ids", inputs.hostIds),
    ...given("host_group_ids", inputs.hostGroupIds),
    ...given("consistency_group_member_host_ids", withHosts.length === 0 ? undefined : withHosts),
    ...given("consistency_group_member_host_group_ids", withHostGroups.length === 0 ? undefined : withHostGroups),
    ...given("volume_group_id", inputs.volumeGroupId),
    ...given("automatic_cutover", inputs.automaticCutover),
    ...given("protection_policy_id", inputs.protectionPolicyId),
    ...given("scheduled_timestamp", startMs > nowMs ? wireMoment(startMs) : undefined),
    ...given("global_storage_discovery_address", inputs.globalStorageDiscoveryAddress),
  };
}

/** A moment as PowerStore takes it: ISO 8601 in UTC. */
export function wireMoment(atMs: number): string {
  return new Date(atMs).toISOString();
}

function given<Key extends string, Value>(key: Key, value: Value | undefined): { [key in Key]?: Value } {
  const entry: { [key in Key]?: Value } = {};
  if (value !== undefined) entry[key] = value;
  return entry;
}
