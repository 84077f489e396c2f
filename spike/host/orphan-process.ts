/** Starts a host, prints its supervisor's id and its port, and waits to be killed: `node orphan-process.ts FOLDER`. */
import { findHost } from './binary.ts';
import { startHost } from './host.ts';

const [folder = ''] = process.argv.slice(2);
const host = await startHost({ binary: await findHost(() => {}), folder });
process.stdout.write(JSON.stringify([host.pid, host.port]));
setInterval(() => {}, 1_000);
