import { spawnSync } from 'node:child_process';
import { writeTypesConfig } from './read/types-config.ts';

/** Checks the types of this checkout, pages included. */
const { status, error } = spawnSync('astro', ['check', '--tsconfig', writeTypesConfig('.')], { stdio: 'inherit' });
if (error) throw error;
process.exit(status ?? 1);
