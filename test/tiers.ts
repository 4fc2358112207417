/** The tests by what they need, as globs of their files: each tier is a project of `vitest.config.ts`, and `npm run test:<tier>` runs it. */
export const tiers = {
  /** Tables and pure functions: nothing is opened but files, nothing waits. */
  unit: [
    "test/arrays/eternus/{eternus-array,session-table}.test.ts",
    "test/arrays/simulate/command-line.test.ts",
    "test/arrays/temperament/*.test.ts",
    "test/core/{async,journal,preview,reconcile,text}/**/*.test.ts",
    "test/core/{errors,inputs}.test.ts",
    "test/core/array/{batched-reads,login*,poll-scheduler,read-ahead,settings*}.test.ts",
    "test/core/http/{error-response,parse-answer,retry-after}.test.ts",
    "test/core/pulumi/{engine-log,hooks*,progress-throttle,recorded}.test.ts",
    "test/docs/*.test.ts",
    "test/engine/{secret-cipher,slots,wire-value}.test.ts",
    "test/engine/embedded/checkpoint.test.ts",
    "test/eternus/wire.test.ts",
    "test/eternus/rec-session-group/{inputs,states}.test.ts",
    "test/eternus/rec-session-group/{commands,plan}/**/*.test.ts",
    "test/packaging/guide/*.test.ts",
    "test/powerstore/import-session/{inputs*,naming,recorded}.test.ts",
    "test/powerstore/import-session/{act,plan}/**/*.test.ts",
    "test/powerstore/import-session/preview/{diff*,partly-known,refuse}.test.ts",
    "test/scenarios/{aftermath,policy}.test.ts",
    "test/security/policy.test.ts",
    "test/snapshots/{normalise,pictures}.test.ts",
    "test/tiers.test.ts",
  ],
  /** Engines that start processes, and other processes. */
  process: [
    "test/arrays/simulate/simulate.test.ts",
    "test/core/http/http-trust.test.ts",
    "test/core/pulumi/interruption*.test.ts",
    "test/engine/{failure,find,interruption,lifecycle,order,preview,progress,refresh,secrets,target}.test.ts",
    "test/engine/embedded/notice.test.ts",
    "test/scenarios/{interruptions,processes,whole}/*.test.ts",
    "test/sdk/loading.test.ts",
    "test/snapshots/snapshots.test.ts",
  ],
  /** The package as it is published and installed, and the pipelines that use it. */
  package: ["test/packaging/*.test.ts", "test/pipelines/*.test.ts"],
} as const;

/** Everything else, a story on the engine in this process among it: HTTPS to simulated arrays, in virtual time. */
export const virtualOnly = {
  include: ["test/**/*.test.ts"],
  exclude: [
    ...tiers.unit,
    ...tiers.package,
    // The stories of a whole life are told in both tiers.
    ...tiers.process.filter((glob) => !glob.startsWith("test/scenarios/")),
    "test/scenarios/{interruptions,processes}/*.test.ts",
  ],
} as const;
