import { globSync } from 'node:fs';

/** Every page of the built site, by its address. `npm test` builds it before the tests are collected. */
export const builtPages: readonly string[] = globSync('dist/**/index.html')
  .map((file) => `/${file.replaceAll('\\', '/').slice('dist/'.length, -'index.html'.length)}`)
  .sort();
