import { Config, type Input } from "@pulumi/pulumi";

/** Lookups read the same configuration and environment as the resources. */
export const stackSettings = {
  config(key: string): string | undefined {
    const [namespace = "", ...name] = key.split(":");
    return new Config(namespace).get(name.join(":"));
  },
  environment: process.env,
};

/** The same arguments, but each may be an output. */
export type InputsOf<Args> = { [Name in keyof Args]: Input<Args[Name]> };
