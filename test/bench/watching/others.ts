import { createHttpPoller, type OperationResponse } from "@azure/core-lro";
import { createWaiter, WaiterState } from "@smithy/util-waiter";
import { oneByOne, type Strategy } from "./strategy.ts";

/** How others wait. The first two are the real packages; StateChangeConf is written in Go, so its pace is retold here. */
export const others: readonly Strategy[] = [
  oneByOne("@azure/core-lro, every 2 s", async (look) => {
    const answer = async (): Promise<OperationResponse> => {
      const body = { status: look() ? "Succeeded" : "Running" };
      const request = { method: "GET", url: "https://array.example/jobs/1" };
      const headers = { "operation-location": request.url };
      return { flatResponse: body, rawResponse: { statusCode: 200, request, headers, body } };
    };
    const begun: OperationResponse = {
      flatResponse: {},
      rawResponse: {
        statusCode: 202,
        request: { method: "POST", url: "https://array.example/jobs" },
        headers: { "operation-location": "https://array.example/jobs/1" },
      },
    };
    const poller = createHttpPoller(
      { sendInitialRequest: async () => begun, sendPollRequest: answer },
      { intervalInMs: 2000, skipFinalGet: true },
    );
    await poller.pollUntilDone();
  }),
  oneByOne("@smithy/util-waiter, 2 to 120 s", async (look) => {
    const longestS = 1_000_000;
    await createWaiter({ client: {}, minDelay: 2, maxDelay: 120, maxWaitTime: longestS }, {}, async () => ({
      state: look() ? WaiterState.SUCCESS : WaiterState.RETRY,
    }));
  }),
  // helper/retry/state.go of terraform-plugin-sdk: from 100 ms on each pause is twice the one before, and 10 s at most.
  oneByOne("terraform-plugin-sdk StateChangeConf", async (look) => {
    for (let pauseMs = 100; ; pauseMs = Math.min(pauseMs * 2, 10_000)) {
      await sleep(pauseMs);
      if (look()) return;
    }
  }),
  ...[10, 60].map((everyS) =>
    oneByOne(`every ${everyS} s`, async (look) => {
      while (!look()) await sleep(everyS * 1000);
    }),
  ),
];

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
