import type { Measured } from "./watching/strategy.ts";

/** Requests against lateness, both logarithmic, as SVG: the nearer to the lower left corner, the better. */
export function pictureOf(measured: readonly Measured[]): string {
  const [width, height, margin] = [760, 420, 70];
  const across = scale(1, 10_000, margin, width - 190);
  const down = scale(1, 200, height - margin, 30);
  const points = measured.map(({ name, requestsEach, lateS }, index) => {
    const [x, y] = [across(requestsEach), down(lateS.p95)];
    const colour = index === 0 ? "#0a7d33" : "#5a6572";
    return `<circle cx="${x}" cy="${y}" r="${index === 0 ? 7 : 5}" fill="${colour}"/><text x="${x + 10}" y="${y + 4}" fill="${colour}">${name}</text>`;
  });
  const ticks = [1, 10, 100, 1000, 10_000].map((requests) => {
    const x = across(requests);
    return `<line x1="${x}" y1="30" x2="${x}" y2="${height - margin}" stroke="#d5dae0"/><text x="${x}" y="${height - margin + 20}" text-anchor="middle">${requests}</text>`;
  });
  const marks = [1, 10, 100].map((seconds) => {
    const y = down(seconds);
    return `<line x1="${margin}" y1="${y}" x2="${width - 190}" y2="${y}" stroke="#d5dae0"/><text x="${margin - 10}" y="${y + 4}" text-anchor="end">${seconds} s</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="13" fill="#2b333b">
<title>Requests a session against seconds late, of each way of waiting</title>
<rect width="${width}" height="${height}" fill="#ffffff"/>
${[...ticks, ...marks, ...points].join("\n")}
<text x="${(margin + width - 190) / 2}" y="${height - 20}" text-anchor="middle">requests a session</text>
<text x="18" y="${(height - margin) / 2}" text-anchor="middle" transform="rotate(-90 18 ${(height - margin) / 2})">seconds late (p95)</text>
</svg>
`;
}

function scale(least: number, most: number, from: number, to: number): (value: number) => number {
  const part = (value: number) => Math.log(value / least) / Math.log(most / least);
  return (value) => Math.round(from + part(value) * (to - from));
}
