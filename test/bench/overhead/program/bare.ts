import { CustomResource } from "@pulumi/pulumi";

/** The least that a dynamic resource can be: one line that is no more than the protocol. */
export class Bare extends CustomResource {
  constructor(name: string) {
    super("pulumi-nodejs:dynamic/bench:Bare", name, { __provider: handler, size: 1 });
  }
}

/** The same with as many properties as an import session has: Pulumi takes its time for each. */
export class Wide extends CustomResource {
  constructor(name: string) {
    const properties = Object.fromEntries(Array.from({ length: 18 }, (_, number) => [`output${number}`, undefined]));
    super("pulumi-nodejs:dynamic/bench:Wide", name, { __provider: handler, size: 1, ...properties });
  }
}

const handler =
  "exports.handler=()=>({check:async(o,n)=>({inputs:n,failures:[]}),diff:async()=>({changes:false}),create:async(n)=>({id:'1',outs:n})})";
