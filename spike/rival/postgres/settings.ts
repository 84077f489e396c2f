/** How safe a commit is when its call returns. */
export type SynchronousCommit = 'on' | 'off';

/**
 * With `synchronous_commit=off` PostgreSQL may lose up to three times this delay, and the pinned SpacetimeDB host syncs
 * its log every 500 ms.
 * @see https://www.postgresql.org/docs/current/wal-async-commit.html
 */
export const WAL_WRITER_DELAY_MS = 167;

/**
 * How an expert would set up a server with a few gigabytes for a world that updates the same rows ten times a second:
 * everything stays in memory, checkpoints are rare and spread, and vacuum keeps up with the dead rows.
 */
export function settings(port: number, synchronousCommit: SynchronousCommit): string[] {
  const values = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 30,
    shared_buffers: '512MB',
    effective_cache_size: '2GB',
    work_mem: '32MB',
    huge_pages: 'try',
    wal_buffers: '16MB',
    max_wal_size: '4GB',
    min_wal_size: '512MB',
    checkpoint_timeout: '15min',
    checkpoint_completion_target: 0.9,
    full_page_writes: 'on',
    // The packaged server is built without lz4.
    wal_compression: 'pglz',
    synchronous_commit: synchronousCommit,
    wal_writer_delay: `${WAL_WRITER_DELAY_MS}ms`,
    autovacuum_naptime: '10s',
    autovacuum_vacuum_cost_delay: 0,
    jit: 'off',
    max_parallel_workers_per_gather: 0,
    random_page_cost: 1.1,
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
