import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';

/** Claims by the name of the set they belong to. */
export type ClaimSets = Map<string, string[]>;

/** A claim whose spec names no set belongs to this one. */
export const CORE = 'core';

/** Reads from the specs which sets there are. A claim may belong to several. */
export function readClaimSets(root: string): ClaimSets {
  const sets: ClaimSets = new Map();
  for (const file of globSync('claims/*.claim.ts', { cwd: root }).sort()) {
    const claim = basename(file, '.claim.ts');
    for (const set of setsIn(readFileSync(join(root, file), 'utf8'))) sets.set(set, [...(sets.get(set) ?? []), claim]);
  }
  return sets;
}

/**
 * The sets that a spec declares: `sets: ['name']` or `set: 'name'` in the object it hands to `claim`. A spec is parsed
 * and not run, because its calls work only inside Playwright.
 */
export function setsIn(spec: string): string[] {
  const source = ts.createSourceFile('spec.ts', spec, ts.ScriptTarget.Latest);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'claim')
      found.push(...node.arguments.filter(ts.isObjectLiteralExpression).flatMap(declared));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.length > 0 ? found : [CORE];
}

function declared({ properties }: ts.ObjectLiteralExpression): string[] {
  return properties.filter(ts.isPropertyAssignment).flatMap(({ name, initializer }) => {
    if (!ts.isIdentifier(name) || !/^sets?$/.test(name.text)) return [];
    const values = ts.isArrayLiteralExpression(initializer) ? [...initializer.elements] : [initializer];
    return values.filter(ts.isStringLiteral).map(({ text }) => text);
  });
}
