import { expect, test } from 'playwright/test';
import { readTrace } from './trace.ts';

const read = (...lines: string[]) => readTrace(lines.join('\n'), (path) => (path === '/old' ? 100 : 0));

test('a sync covers what was written before it began', () => {
  const files = read(
    '7  write(16</log>, ""..., 22) = 22',
    '7  fdatasync(16</log>)   = 0',
    '7  write(16</log>, ""..., 5) = 5',
  );
  expect(files.get('/log')).toEqual({ length: 27, synced: [0, 22] });
});

test('a sync that another thread interrupts counts from its beginning to its return', () => {
  const files = read(
    '7  write(16</log>, ""..., 22 <unfinished ...>',
    '7  <... write resumed>)              = 22',
    '8  fdatasync(16</log> <unfinished ...>',
    '7  write(16</log>, ""..., 5) = 5',
    '8  <... fdatasync resumed>)    = 0',
  );
  expect(files.get('/log')).toEqual({ length: 27, synced: [0, 22] });
});

test('a sync that never returned, or failed, syncs nothing', () => {
  const files = read(
    '7  write(16</log>, ""..., 22) = 22',
    '7  fsync(16</log>) = -1 EIO (Input/output error)',
    '7  fsync(16</log> <unfinished ...>',
  );
  expect(files.get('/log')).toEqual({ length: 22, synced: [0] });
});

test('what a file held before the trace is on the disk', () => {
  expect(read('7  write(3</old>, ""..., 5) = 5').get('/old')).toEqual({ length: 105, synced: [100] });
});

test('a file that is opened with O_TRUNC starts from nothing', () => {
  const opened = '7  openat(AT_FDCWD</>, "/old", O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC, 0666) = 9</old>';
  expect(read(opened, '7  write(9</old>, ""..., 5) = 5').get('/old')).toEqual({ length: 5, synced: [0] });
});

test('a file keeps under its new name what was synced under the old one', () => {
  const files = read(
    '7  write(9</a.tmp>, ""..., 5) = 5',
    '7  fdatasync(9</a.tmp>) = 0',
    '7  rename("/a.tmp", "/a") = 0',
  );
  expect(files.get('/a')).toEqual({ length: 5, synced: [0, 5] });
  expect(files.has('/a.tmp')).toBe(false);
});
