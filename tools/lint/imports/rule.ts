import { dirname, posix, relative } from 'node:path';
import type { Rule } from 'eslint';
import { folderOf, isAllowed, MAY_IMPORT } from './table.ts';

/** The nodes that name another file; `source` is absent where an export names none. */
interface Naming {
  source?: { value?: unknown } | null | undefined;
}

/** An ESLint rule: a folder imports only what the table allows it. */
export const importsPointOneWay: Rule.RuleModule = {
  meta: { type: 'problem', schema: [], docs: { description: 'a folder imports only what the table allows it' } },
  create(context) {
    const file = relative(context.cwd, context.filename).replaceAll('\\', '/');
    const from = folderOf(file);
    if (!from) return {};
    const check = (node: Rule.Node & Naming) => {
      const to = targetOf(file, node.source?.value);
      if (!to || isAllowed(from, to)) return;
      const may = MAY_IMPORT[from]?.join(', ') || 'nothing else';
      context.report({ node, message: `${from} does not import ${to}: besides its own files it may import ${may}.` });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

/** The file that is named, from the project's folder; nothing for a package. */
function targetOf(file: string, named: unknown): string | undefined {
  if (typeof named !== 'string') return undefined;
  const path = named.split('?')[0] ?? named;
  if (path.startsWith('/')) return path.slice(1);
  return /^\.{1,2}\//.test(path) ? posix.join(dirname(file), path) : undefined;
}
