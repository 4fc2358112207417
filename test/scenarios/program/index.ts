import * as sdk from "pulumi-storage-migration";
import { declareAll } from "./declare.ts";

export const { outputs } = declareAll(sdk);
