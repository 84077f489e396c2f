/** Counts how late a 10 ms timer is, in a process that does nothing else, until its input closes; then prints it. */
const PERIOD_MS = 10;
const delays: number[] = [];
let due = performance.now() + PERIOD_MS;

function beat(): void {
  const now = performance.now();
  delays.push(Math.max(0, now - due));
  due = now + PERIOD_MS;
  setTimeout(beat, PERIOD_MS);
}

setTimeout(beat, PERIOD_MS);
process.stdin.on('close', () => process.stdout.write(JSON.stringify(delays), () => process.exit(0))).resume();
