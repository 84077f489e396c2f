/**
 * Counts how late a 10 ms timer is, in a process that does nothing else, until its input closes or for so long; then
 * prints it: `node heartbeat-process.ts [FOR_MS]`.
 */
const PERIOD_MS = 10;
const delays: number[] = [];
let due = performance.now() + PERIOD_MS;

function beat(): void {
  const now = performance.now();
  delays.push(Math.max(0, now - due));
  due = now + PERIOD_MS;
  setTimeout(beat, PERIOD_MS);
}

function end(): void {
  if (delays.length === 0) return void setTimeout(end, PERIOD_MS);
  process.stdout.write(JSON.stringify(delays), () => process.exit(0));
}

const [forMs] = process.argv.slice(2);
setTimeout(beat, PERIOD_MS);
if (forMs) setTimeout(end, Number(forMs));
process.stdin.on('close', end).resume();
