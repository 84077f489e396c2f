import { readRecords, type DecisionRecord } from '../../records/record.ts';
import { oncePerBuild } from './once-per-build.ts';

/** The numbered records, which are the site's pages under `/adr/`. */
export const siteRecords: (root: string) => (DecisionRecord & { number: string })[] = oncePerBuild('records', (root) =>
  readRecords(root).flatMap((record) => (record.number ? [{ ...record, number: record.number }] : [])),
);
