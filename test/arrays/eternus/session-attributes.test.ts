import { expect, test } from "vitest";
import { calling } from "./calling.ts";
import { boxId } from "./copy-session.ts";

test("a REC session shows the attributes of the reference, and only those that apply", async () => {
  const { call, clock } = await calling({ sessions: [{ id: 0 }] });
  clock.advance(90_500);
  expect((await call("GET", "/copysession/0")).body).toEqual({
    copysession_id: 0,
    copysession_href: "/api/v1/copysession/0",
    type: "REC",
    status: "Active",
    phase: "Equivalent",
    error_code: "00",
    source_volume_number: 1000,
    source_volume_href: "/api/v1/volume/100000001",
    source_volume_name: "vol#1000",
    destination_volume_number: 2000,
    copy_range: "Totally",
    elapsed_time: 90,
    total_data_size: 1024,
    uncopied_data_size: 0,
    progress: 100,
    requestor: "REST",
    remote_copysession_id: 100,
    transfer_mode: "Synchronous",
    split_mode: "Manual",
    recovery_mode: "Automatic",
    remote_boxid: "00ETERNUSDXHS3ET00000B##################",
    is_local_source_volume: true,
  });
});

test("a copy shows its size, what is left and how far it is, rounded so that the end is not announced early", async () => {
  const { call, clock } = await calling({
    sessions: [{ id: 1, phase: "Copying", totalMb: 3812, uncopiedMb: 100.5, rateMbPerSecond: 10 }],
  });
  const seen = async () => (await call("GET", "/copysession/1")).body;
  expect(await seen()).toMatchObject({ total_data_size: 3812, uncopied_data_size: 101, progress: 97 });
  clock.advance(10_049);
  expect(await seen()).toMatchObject({ phase: "Copying", uncopied_data_size: 1, progress: 99 });
});

test("a session suspended on this array tells since when; one that was seeded so does not", async () => {
  const { run, call } = await calling({
    sessions: [
      { id: 1, transferMode: "Stack" },
      { id: 2, status: "Suspend" },
    ],
  });
  await run("POST", "/copysession/1/suspend");
  expect((await call("GET", "/copysession/1")).body.backup_time).toBe("2030-01-01T00:00:03Z");
  expect((await call("GET", "/copysession/2")).body).not.toHaveProperty("backup_time");
  await run("POST", "/copysession/1/resume");
  expect((await call("GET", "/copysession/1")).body).not.toHaveProperty("backup_time");
});

test("a failed session tells when, in the manual's spelling, and its copy error code", async () => {
  const { call, array, clock } = await calling({ sessions: [{ id: 1 }] });
  clock.advance(61_000);
  array.breakSession(1);
  expect((await call("GET", "/copysession/1")).body).toMatchObject({
    status: "Error",
    error_code: "b1",
    error_ocurrence_time: "2030-01-01T00:01:01Z",
  });
});

test("sessions of other types have no remote side and no modes", async () => {
  const { call } = await calling({
    sessions: [
      { id: 1, type: "EC" },
      { id: 2, type: "OPC" },
      { id: 3, type: "SnapOPC+" },
    ],
  });
  const rec = ["remote_boxid", "remote_copysession_id", "transfer_mode", "split_mode", "is_local_source_volume"];
  for (const id of [1, 2, 3]) {
    const { body } = await call("GET", `/copysession/${id}`);
    for (const name of rec) expect(body).not.toHaveProperty(name);
    expect(body).toHaveProperty("destination_volume_name");
  }
  expect((await call("GET", "/copysession/3")).body).toMatchObject({ generation: 1, generation_count: 3 });
});

test("a Box ID is 40 characters long", () => {
  expect(boxId("00ETERNUS")).toHaveLength(40);
});
