/** A duration as messages write it: `less than a minute`, `12m`, `2h05m`. Rounds up to whole minutes. */
export function durationText(lengthMs: number): string {
  const minutes = Math.ceil(lengthMs / 60_000);
  if (minutes < 1) return "less than a minute";
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes}m` : `${hours}h${`${minutes % 60}`.padStart(2, "0")}m`;
}
