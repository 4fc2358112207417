import * as pulumi from "@pulumi/pulumi";
import { eternus } from "pulumi-storage-migration";

const id = new pulumi.Config().requireNumber("id");

export const one = await eternus.getCopySession({ copySessionId: id });
export const all = (await eternus.listCopySessions()).map(({ id, type }) => `${id}: ${type}`);
export const some = (await eternus.listCopySessions({ copySessionIds: [7, 99] })).map(({ id }) => id);

const group = new eternus.RecSessionGroup("dr", { copySessionIds: [id, 7], targetState: "Suspend" });
const ids = group.sessions.apply((sessions) => sessions.map((session) => session.id));

export const oneSuspended = eternus.getCopySessionOutput({ copySessionId: ids.apply(([first = -1]) => first) }).status;
export const allSuspended = eternus
  .listCopySessionsOutput({ copySessionIds: ids })
  .apply((sessions) => sessions.map(({ id, status }) => `${id}: ${status}`));
export const number = eternus.listCopySessionsOutput().apply((sessions) => sessions.length);
