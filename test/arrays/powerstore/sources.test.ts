import { expect, test } from "vitest";
import { startedArray } from "./calling.ts";
import type { RemoteSystemType } from "./inventory.ts";

const unity = "9ae2f1c0-6a3b-4c8e-8d10-2f4f6f1b7a01";

test("remote systems tell their type, state and what can be imported from them", async () => {
  const { call } = await startedArray();
  const select = "select=name,type,state,data_connection_state,capabilities";
  expect((await call("GET", `/remote_system?${select}&name=eq.old-unity`)).body).toEqual([
    {
      name: "old-unity",
      type: "Unity",
      state: "OK",
      data_connection_state: "OK",
      capabilities: ["Block_Agentless_Import", "Block_Nondisruptive_Import"],
    },
  ]);
  expect((await call("GET", `/remote_system/none?${select}`)).status).toBe(404);
});

test("discovered volumes are found by name or WWN, with their size and whether they can be imported", async () => {
  const { call } = await startedArray();
  const select = "select=id,name,size,importable_criteria,import_unity_id,import_unity_consistency_group_id";
  const erp = {
    id: "sv_42",
    name: "erp-db",
    size: 200 * 1024 ** 3,
    importable_criteria: "Ready",
    import_unity_id: "CKM00190000001",
    import_unity_consistency_group_id: null,
  };
  expect((await call("GET", `/import_unity_volume?${select}&name=eq.erp-db`)).body).toEqual([erp]);
  expect(
    (await call("GET", `/import_unity_volume?${select}&wwn=eq.naa.60060160000000000000000000000042`)).body,
  ).toEqual([erp]);
  expect((await call("GET", `/import_unity_volume/sv_42?${select}`)).body).toEqual(erp);
  expect((await call("GET", `/import_unity_volume/sv_51?${select}`)).body).toMatchObject({
    import_unity_consistency_group_id: "res_7",
  });
  expect((await call("GET", "/import_unity_volume?importable_criteria=neq.Ready&order=id")).body).toEqual(
    ["sv_44", "sv_45", "sv_61", "sv_62"].map((id) => ({ id })),
  );
  expect((await call("GET", "/import_netapp_volume?select=name")).body).toEqual([{ name: "vdi-gold" }]);
});

test("a source shows that it is being imported, and what came of it", async () => {
  const { array, clock, call } = await startedArray();
  const criteria = async (path: string) => (await call("GET", `/${path}?select=importable_criteria`)).body;
  const id = array.operator.create({ name: "mes", remote_system_id: unity, source_resource_id: "res_7" });
  expect(await criteria("import_unity_consistency_group/res_7")).toEqual({ importable_criteria: "In_Progress" });
  expect(await criteria("import_unity_volume/sv_51")).toEqual({ importable_criteria: "In_Progress" });
  clock.advance(86_400_000);
  array.operator.cutover(id);
  clock.advance(86_400_000);
  expect(await criteria("import_unity_consistency_group/res_7")).toEqual({ importable_criteria: "Imported" });
  array.operator.create({ name: "erp", remote_system_id: unity, source_resource_id: "sv_42" });
  array.operator.cancel("name:erp");
  clock.advance(86_400_000);
  expect(await criteria("import_unity_volume/sv_42")).toEqual({ importable_criteria: "Ready" });
});

test.each<[RemoteSystemType, string, string | undefined]>([
  ["Unity", "import_unity_volume", "import_unity_consistency_group"],
  ["VNX", "import_vnx_volume", "import_vnx_consistency_group"],
  ["Storage_Center", "import_storage_center_volume", "import_storage_center_consistency_group"],
  ["PS_Equallogic", "import_psgroup_volume", undefined],
  ["XtremIO", "import_xtremio_volume", "import_xtremio_consistency_group"],
  ["NetApp", "import_netapp_volume", undefined],
  ["PowerMax_VMAX", "import_vmax_volume", "import_vmax_storage_group"],
  ["Universal", "import_universal_volume", "import_universal_consistency_group"],
])("what is found on a %s is listed as %s", async (type, volumes, groups) => {
  const volume = { id: "v1", name: "one", remoteSystemId: "r1", wwn: "naa.1", sizeBytes: 8192, groupId: "g1" };
  const { call } = await startedArray({
    remoteSystems: [{ id: "r1", name: "source", type }],
    sources: { volumes: [volume], groups: [{ id: "g1", name: "all", remoteSystemId: "r1" }] },
  });
  expect((await call("GET", `/${volumes}?select=*`)).body).toEqual([
    expect.objectContaining({ id: "v1", name: "one", wwn: "naa.1", size: 8192, importable_criteria: "Ready" }),
  ]);
  if (groups !== undefined) expect((await call("GET", `/${groups}?select=name`)).body).toEqual([{ name: "all" }]);
});

test("a remote system can be discovered again, without any effect here", async () => {
  const { call } = await startedArray();
  expect((await call("POST", "/remote_system/name:old-unity/discover")).status).toBe(204);
  expect((await call("POST", "/remote_system/none/discover")).status).toBe(404);
  expect((await call("POST", "/remote_system/name:old-unity/discover", { deep: true })).status).toBe(400);
});

test("sources are for reading only", async () => {
  const { call } = await startedArray();
  expect((await call("POST", "/import_unity_volume", {})).status).toBe(405);
  expect((await call("DELETE", "/import_unity_volume/sv_42")).status).toBe(405);
});
