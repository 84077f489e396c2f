/** Starts a PostgreSQL server, prints its process id and its data folder, and waits to be killed: `node orphan-process.ts`. */
import { startPostgres } from './postgres.ts';

const { pid, folder } = await startPostgres({ synchronousCommit: 'off' });
process.stdout.write(JSON.stringify({ pid, folder }));
setInterval(() => {}, 1_000);
