/** What a file would be after a power cut, as far as a trace of its writer's system calls tells. */
export interface Written {
  /** Bytes that the program has written, with those that were there before. */
  length: number;
  /** What was on the disk when the trace began, then the length at the beginning of each sync that has returned. */
  synced: number[];
}

/** `5313  write(16</data/a.log>, ""..., 22) = 22`, in one line, or cut in two by another thread. */
const CALL = /^(\d+) +(\w+)\((.*?)(?: <unfinished \.\.\.>|\) += (-?\d+).*)$/;
const RESUMED = /^(\d+) +<\.\.\. (\w+) resumed>.*\) += (-?\d+)/;
const FILE = /^\d+<([^>]*)>/;
const OPENED = /"([^"]*)", [A-Z_|]*O_TRUNC/;
const RENAMED = /"([^"]*)", (?:AT_FDCWD<[^>]*>, )?"([^"]*)"/;

interface Pending {
  path: string;
  /** Length of the file when the call began. */
  length: number;
}

/**
 * Reads what `strace -f -y -s 0` wrote of a program that appends to its files. A sync covers what was written before it
 * began, and counts once it has returned.
 * @param sizeBefore of a file when the trace began; 0 of one that did not exist
 */
export function readTrace(trace: string, sizeBefore: (path: string) => number): Map<string, Written> {
  const files = new Map<string, Written>();
  const pending = new Map<string, Pending>();
  const fileOf = (path: string) => {
    const known = files.get(path);
    if (known) return known;
    const size = sizeBefore(path);
    const file = { length: size, synced: [size] };
    files.set(path, file);
    return file;
  };
  const returned = (call: string, { path, length }: Pending, result: number) => {
    if (result < 0) return;
    const file = fileOf(path);
    if (/^p?writev?(?:64)?$/.test(call)) file.length += result;
    if (/^f(?:data)?sync$/.test(call)) file.synced.push(length);
    if (call === 'openat') Object.assign(file, { length: 0, synced: [0] });
  };
  for (const line of trace.split('\n')) {
    const resumed = RESUMED.exec(line);
    if (resumed) {
      const [, pid = '', call = '', result] = resumed;
      const call_ = pending.get(`${pid} ${call}`);
      if (call_) returned(call, call_, Number(result));
      pending.delete(`${pid} ${call}`);
      continue;
    }
    const [, pid = '', call = '', args = '', result] = CALL.exec(line) ?? [];
    if (call.startsWith('rename')) {
      const [, from = '', to = ''] = RENAMED.exec(args) ?? [];
      files.set(to, fileOf(from));
      files.delete(from);
      continue;
    }
    const path = (call === 'openat' ? OPENED : FILE).exec(args)?.[1];
    if (path === undefined || !path.startsWith('/')) continue;
    const now = { path, length: files.get(path)?.length ?? sizeBefore(path) };
    if (result === undefined) pending.set(`${pid} ${call}`, now);
    else returned(call, now, Number(result));
  }
  return files;
}
