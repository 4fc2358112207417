import { Config } from "@pulumi/pulumi";
import { powerstore } from "pulumi-storage-migration";
import { Bare, Wide } from "./bare.ts";

const config = new Config();
const kind = config.require("kind");

for (let number = 0; number < config.requireNumber("count"); number++) {
  if (kind === "bare") new Bare(`volume-${number}`);
  else if (kind === "bare, as wide") new Wide(`volume-${number}`);
  else
    new powerstore.ImportSession(`volume-${number}`, {
      remoteSystemId: "9ae2f1c0-6a3b-4c8e-8d10-2f4f6f1b7a01",
      sourceResourceId: `sv_${number}`,
      type: "Non_Disruptive",
    });
}
