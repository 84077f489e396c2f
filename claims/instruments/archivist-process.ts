import { join } from 'node:path';
import { Archive } from '../../spike/archivist/archive.ts';
import type { ArchivedEvent } from '../../spike/archivist/archived-event.ts';
import { supervise, type Supervised } from '../../spike/host/supervised.ts';
import type { Lab } from '../harness/lab.ts';

/** The archivist of the lab's world in a separate process, which ends with this one. */
export class ArchivistProcess {
  readonly #process: Supervised;
  readonly #file: string;

  private constructor(process: Supervised, file: string) {
    this.#process = process;
    this.#file = file;
  }

  static async start(lab: Lab): Promise<ArchivistProcess> {
    const file = join(lab.folder, 'archive.sqlite');
    const account = await lab.account('Archivist');
    const where = ['--url', lab.host.url, '--database', lab.database, '--file', file];
    process.env['SPELLKAVE_TOKEN'] = account.token;
    const args = ['--import', 'tsx', 'spike/archivist/main.ts', ...where];
    const archivist = supervise(process.execPath, args, join(lab.folder, 'archivist.log'));
    delete process.env['SPELLKAVE_TOKEN'];
    return new ArchivistProcess(archivist, file);
  }

  async stop(): Promise<void> {
    await this.#process.stop();
  }

  /** Every event that it has archived. */
  archived(): ArchivedEvent[] {
    const archive = new Archive(this.#file);
    const events = archive.all();
    archive.close();
    return events;
  }
}
