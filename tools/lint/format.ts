import { spawnSync } from 'node:child_process';
import { nestedCheckouts } from '../../spike/own-files.ts';

/** Runs Prettier on this checkout alone, because its list of ignored files cannot know which checkouts lie inside. */
const ignored = nestedCheckouts('.').map((folder) => `!${folder.replaceAll(/[[\]{}()*?!\\]/g, '\\$&')}/**`);
const { status, error } = spawnSync('prettier', [...process.argv.slice(2), '.', ...ignored], { stdio: 'inherit' });
if (error) throw error;
process.exit(status ?? 1);
