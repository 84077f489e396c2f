import { join } from 'node:path';
import { startHost, type Host, type HostOptions } from '../host/host.ts';
import { cutTornHeaders } from '../host/torn-header.ts';

/**
 * Starts a host on a world's folder, after what a crash left of a torn entry is cut off its log.
 * @param say receives a line about each cut
 * @throws Error as `startHost` does
 */
export async function resumeHost(options: HostOptions, say: (line: string) => void): Promise<Host> {
  for (const { file, bytes } of cutTornHeaders(join(options.folder, 'data')))
    say(`Cut ${bytes} bytes of an unfinished entry off ${file}: the host would have written on behind them in vain.`);
  return startHost(options);
}
