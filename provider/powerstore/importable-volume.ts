import { MigrationError } from "../core/errors.ts";
import type { PowerStoreArray } from "./connect.ts";
import type { ImportableVolume, SourceVolumeKey } from "./lookup-types.ts";
import { sourceKinds } from "./source-kinds.ts";
import type { WireSourceVolume } from "./wire.ts";

/**
 * Finds a source volume by its name or WWN.
 *
 * @throws MigrationError `notFound` if there is none, `identity` if several match, `refused` with PowerStore's own criterion if the volume cannot be imported
 */
export async function findImportableVolume(
  array: PowerStoreArray,
  key: SourceVolumeKey,
  signal: AbortSignal,
): Promise<ImportableVolume> {
  const [attribute, value] = key.wwn === undefined ? ["name", key.name ?? ""] : ["wwn", key.wwn];
  const context = { attempted: `find the source volume with ${attribute} "${value}"`, on: array.title };
  const remoteSystem = await array.client.findRemoteSystem(key.remoteSystem, signal);
  const kind = remoteSystem?.type === undefined ? undefined : sourceKinds[remoteSystem.type]?.volumes;
  if (kind === undefined) {
    throw new MigrationError({
      ...context,
      kind: "notFound",
      answered:
        remoteSystem === undefined
          ? `there is no remote system ${key.remoteSystem}`
          : `PowerStore does not import from ${remoteSystem.type}`,
      next: "Check the remote system's id or name.",
    });
  }
  const found = await array.client.listSourceVolumes(kind, `${attribute}=eq.${encodeURIComponent(value)}`, signal);
  return onlyImportable(found, context);
}

function onlyImportable(
  found: readonly WireSourceVolume[],
  context: { readonly attempted: string; readonly on: string },
): ImportableVolume {
  const [volume, ...others] = found;
  if (volume === undefined) {
    throw new MigrationError({
      ...context,
      kind: "notFound",
      answered: "no discovered volume matches",
      next: "Have PowerStore discover the remote system again (remote_system discover), and check the spelling.",
    });
  }
  if (others.length > 0) {
    throw new MigrationError({
      ...context,
      kind: "identity",
      answered: `several volumes match: ${found.map(({ id, wwn }) => `${id} (wwn ${wwn ?? "unknown"})`).join(", ")}`,
      next: "Select the volume by its WWN.",
    });
  }
  const criterion = volume.importable_criteria ?? "Undetermined";
  if (!importable.includes(criterion)) {
    throw new MigrationError({
      ...context,
      kind: "refused",
      answered: `volume ${volume.id} cannot be imported: importable_criteria is ${criterion}`,
      next: "Fix what the criterion names, then have PowerStore discover the remote system again.",
      code: criterion,
    });
  }
  return {
    id: volume.id,
    importableCriteria: criterion,
    ...(volume.name === undefined ? {} : { name: volume.name }),
    ...(volume.wwn === undefined ? {} : { wwn: volume.wwn }),
    ...(volume.size === undefined ? {} : { sizeBytes: volume.size }),
  };
}

/**
 * The criteria of a volume that can be imported, is being imported, or was imported (PowerStore REST 4.1 Swagger, `VolumeImportableCriteriaEnum`). The last two
 * are included, because a program still looks up its source after its own import has begun.
 */
const importable = ["Ready", "Ready_For_Agentless_Import", "In_Progress", "Imported"];
