const FULL = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/**
 * Calls `end` once when nobody reads this program's output any more: `head` has seen enough, or the terminal is gone.
 * Without it the next line that is printed would end the program with a stack trace.
 *
 * @param options.goesOnWithoutLog for a service: a full disk does not end it
 */
export function onClosedOutput(end: () => void, { goesOnWithoutLog = false } = {}): void {
  let isClosed = false;
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (FULL.includes(error.code ?? '') && goesOnWithoutLog) return;
      if (!['EPIPE', 'EIO'].includes(error.code ?? '')) throw error;
      if (isClosed) return;
      isClosed = true;
      end();
    });
}
