/**
 * What the simulated ETERNUS can say, by message number. The numbers are those of the ETERNUS CLI, which the RESTful API
 * shares (RESTful API reference, error responses); the wording is ours.
 */
export const descriptions = {
  "0001": "Bad value",
  "0002": "Value out of range",
  "0003": "Too many values",
  "0004": "Missing parameter",
  "0005": "Parameters do not go together",
  "0006": "Not possible in the present status",
  "0019": "Inconsistent parameter",
  "0021": "Operation failed",
  "0060": "Resource locked",
  "0061": "Locked by another user",
  "0070": "Resource busy",
  "0072": "Resource temporarily short",
  "0099": "Not possible in the present configuration",
  "0110": "Resource does not exist",
  "5001": "User authority insufficient",
  "5201": "Copy phase does not allow this",
  "5300": "Copy path error",
  "5319": "Session is in Error Suspend",
  "5321": "Session state does not allow this",
  "5322": "A concurrent suspend is processing",
  "5323": "Only possible by force",
  "5327": "REC buffer transfer is late, suspend not possible",
  "5344": "Session is already suspended or being suspended",
  "5345": "Session is already active",
  "5348": "REC buffer is not active",
  D206: "Too many logins",
} as const;

/** A message number that the array gives of its own accord; scripted failures may carry any other. */
export type ErrorCode = keyof typeof descriptions;
