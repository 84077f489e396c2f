import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A sentence of a record that ends in the bare link to its evidence. That sentence is the claim's statement. */
export interface Statement {
  claim: string;
  text: string;
  /** The record's file name without its ending, e.g. `0001-spacetimedb-as-world-runtime`. */
  record: string;
  line: number;
}

const MARK = /^(?<before>.*?)\s*\[(?<label>[a-z0-9-]+)\]\(\.\.\/evidence\/(?<claim>[a-z0-9-]+)\.json\)\s*$/;

/** Finds the statements in one record's Markdown; a list marker in front is not part of the sentence. */
export function findStatements(record: string, markdown: string): Statement[] {
  return markdown.split('\n').flatMap((source, index) => {
    const found = MARK.exec(source)?.groups as { before: string; label: string; claim: string } | undefined;
    if (!found || found.label !== found.claim) return [];
    const text = found.before.replace(/^\s*(?:[-*]|\d+\.)\s+/, '').trim();
    return [{ claim: found.claim, text, record, line: index + 1 }];
  });
}

/** The statements of every numbered record under `adr/`. */
export function readStatements(root: string): Statement[] {
  return readdirSync(join(root, 'adr'))
    .filter((name) => /^\d{4}-.*\.md$/.test(name))
    .sort()
    .flatMap((name) => findStatements(name.replace(/\.md$/, ''), readFileSync(join(root, 'adr', name), 'utf8')));
}
