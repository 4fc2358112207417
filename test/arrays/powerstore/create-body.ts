/** What `import_session_create` of the PowerStore REST 4.1 Swagger takes. Ids of remote systems and the like may be `name:<name>`. */
export interface CreateBody {
  readonly remote_system_id: string;
  readonly source_resource_id: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly type?: "Non_Disruptive" | "Agentless" | undefined;
  readonly host_ids?: string[] | undefined;
  readonly host_group_ids?: string[] | undefined;
  readonly consistency_group_member_host_ids?: { volume_wwn: string; host_ids: string[] }[] | undefined;
  readonly consistency_group_member_host_group_ids?: { volume_wwn: string; host_group_ids: string[] }[] | undefined;
  readonly volume_group_id?: string | undefined;
  readonly automatic_cutover?: boolean | undefined;
  readonly protection_policy_id?: string | undefined;
  /** ISO 8601 with a zone. */
  readonly scheduled_timestamp?: string | undefined;
  readonly global_storage_discovery_address?: string | undefined;
}
