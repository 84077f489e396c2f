import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PINNED_HOST } from '../spike/host/pin.ts';
import type { Evidence } from './evidence.ts';
import { readEvidence } from './evidence-file.ts';

/**
 * What another host was measured to do. It has no state "fresh" or "stale": that host cannot be measured again here,
 * so its evidence speaks only for the commit and the day in its provenance.
 */
export interface Host {
  version: string;
  /** Markdown about how this host was built, from `host.md`; absent when that file is missing. */
  note?: string;
  /** By claim. */
  evidence: Map<string, Evidence>;
  /** The pinned host, measured on the same machine for comparison; by claim. */
  pinned: Map<string, Evidence>;
}

/** Something under `evidence/hosts/` that cannot be used. Everything else is read without it. */
export interface HostFault {
  /** Relative to the project's folder. */
  file: string;
  wrong: string;
  fix: string;
}

const HOSTS = 'evidence/hosts';
const NOTE = 'host.md';
const PINNED = 'pinned';
/** The pattern that https://semver.org recommends, without its groups. */
const VERSION =
  /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[a-z-][\da-z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-z-][\da-z-]*))*)?(?:\+[\da-z-]+(?:\.[\da-z-]+)*)?$/i;

/** Reads `evidence/hosts/<version>/`, oldest version first, and lists what it could not read. */
export function readHosts(root: string): { hosts: Host[]; faults: HostFault[] } {
  const faults: HostFault[] = [];
  const hosts = namesIn(root, HOSTS)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .flatMap((name) => {
      if (VERSION.test(name)) return [readHost(root, name, faults)];
      const fix = 'name the folder after the version of the host, such as 2.8.3, or move it elsewhere';
      faults.push({ file: `${HOSTS}/${name}`, wrong: `"${name}" is not a version`, fix });
      return [];
    });
  return { hosts, faults };
}

function readHost(root: string, version: string, faults: HostFault[]): Host {
  const folder = `${HOSTS}/${version}`;
  const evidence = readRuns(root, { folder, host: version }, faults);
  const pinned = readRuns(root, { folder: `${folder}/${PINNED}`, host: PINNED_HOST }, faults);
  const note = readNote(root, `${folder}/${NOTE}`);
  if (note) return { version, note, evidence, pinned };
  faults.push({
    file: `${folder}/${NOTE}`,
    wrong: 'the note about this host is missing or empty',
    fix: 'write where the host comes from, how it was built and on which machine it was measured',
  });
  return { version, evidence, pinned };
}

function readNote(root: string, file: string): string {
  return existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8').trim() : '';
}

/** The evidence files in one folder. A file of another host would be shown under the wrong name, so it is left out. */
function readRuns(
  root: string,
  { folder, host }: { folder: string; host: string },
  faults: HostFault[],
): Map<string, Evidence> {
  const runs = new Map<string, Evidence>();
  for (const name of namesIn(root, folder).filter((name) => name.endsWith('.json'))) {
    const file = `${folder}/${name}`;
    const claim = name.slice(0, -'.json'.length);
    try {
      const evidence = readEvidence(root, claim, folder);
      const measured = hostOf(evidence);
      if (measured === host) runs.set(claim, evidence);
      else
        faults.push({
          file,
          wrong: `was measured on host ${measured ?? 'unknown'}, not on ${host}`,
          fix: `move it to the folder of ${measured ?? 'its host'}, or delete it`,
        });
    } catch (error) {
      const reason = error instanceof Error ? error.message.replace(`${file}: `, '') : String(error);
      faults.push({
        file,
        wrong: `cannot be read: ${reason.replace(/\s*\n\s*/g, ' ')}`,
        fix: 'restore it from the commit that added it; evidence is never edited',
      });
    }
  }
  return runs;
}

function hostOf(evidence: Evidence): string | undefined {
  return evidence.verdict === 'not measured' ? evidence.host : evidence.provenance.host;
}

function namesIn(root: string, folder: string): string[] {
  return existsSync(join(root, folder)) ? readdirSync(join(root, folder)).sort() : [];
}
