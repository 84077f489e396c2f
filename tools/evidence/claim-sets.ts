import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { ownFiles } from '../../spike/own-files.ts';

/** Claims by the name of the set they belong to. */
export type ClaimSets = Map<string, string[]>;

/** A claim whose spec names no set belongs to this one. */
export const CORE = 'core';

/** Reads from the specs which sets there are. */
export function readClaimSets(root: string): ClaimSets {
  const claims = ownFiles(root, 'claims/*.claim.ts').map((file) => ({
    claim: basename(file, '.claim.ts'),
    set: setIn(readFileSync(join(root, file), 'utf8')),
  }));
  return new Map([...Map.groupBy(claims, ({ set }) => set)].map(([set, own]) => [set, own.map(({ claim }) => claim)]));
}

/**
 * The set that a spec declares: `set: 'name'` in the object it hands to `claim`. A spec is parsed and not run, because
 * its calls work only inside Playwright.
 */
export function setIn(spec: string): string {
  const source = ts.createSourceFile('spec.ts', spec, ts.ScriptTarget.Latest);
  let found: string | undefined;
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'claim')
      found ??= node.arguments.filter(ts.isObjectLiteralExpression).flatMap(declared)[0];
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found ?? CORE;
}

function declared({ properties }: ts.ObjectLiteralExpression): string[] {
  return properties
    .filter(ts.isPropertyAssignment)
    .filter(({ name }) => ts.isIdentifier(name) && name.text === 'set')
    .flatMap(({ initializer }) => (ts.isStringLiteral(initializer) ? [initializer.text] : []));
}
