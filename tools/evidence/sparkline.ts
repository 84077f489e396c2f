const BARS = '▁▂▃▄▅▆▇█';
const MOST = 12;

/** The last values as a row of bars from the smallest to the largest; equal values are all low. */
export function sparkline(values: number[]): string {
  const last = values.slice(-MOST);
  const [least, most] = [Math.min(...last), Math.max(...last)];
  const step = (value: number) => (most === least ? 0 : ((value - least) / (most - least)) * (BARS.length - 1));
  return last.map((value) => BARS[Math.round(step(value))]).join('');
}
