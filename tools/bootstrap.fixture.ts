import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { expect, test as base } from 'playwright/test';

/**
 * Instead of npm: notes its begin and end, deletes node_modules as `npm ci` does, and lasts as long as it is held. What
 * `npm-installs` holds decides what becomes of the pinned Node.
 */
const NPM = `#!/bin/sh
echo "begin $*" >>npm.log
rm -rf node_modules
while [ -f npm-held ]; do sleep 0.05; done
[ -f npm-fails ] && rm npm-fails && exit 9
case "$*" in *--ignore-scripts) ;; *) if [ -f npm-fails-at-node ]; then
  echo "npm error path $PWD/node_modules/node" >&2
  exit 1
fi ;; esac
mkdir -p node_modules/.bin node_modules/tsx
if [ -f npm-installs ]; then sh npm-installs; else ln -s '${process.execPath}' node_modules/.bin/node; fi
echo '{"main":"tsx.cjs"}' >node_modules/tsx/package.json
touch node_modules/tsx/tsx.cjs
echo end >>npm.log`;

const FILES = {
  'package-lock.json': '{}',
  'stub/npm': NPM,
  'exit.mjs': 'process.exit(Number(process.argv[2]));',
  'node.mjs':
    "import { spawnSync } from 'node:child_process'; console.log(process.execPath); console.log(spawnSync('node', ['-p', 'process.execPath'], { encoding: 'utf8' }).stdout);",
  'talks.mjs': "setInterval(() => process.stdout.write('a line\\n'), 10);",
  'killed.mjs': "process.kill(process.pid, 'SIGKILL');",
  /** Takes a while to clean up after the first signal, as a world does. */
  'world.mjs': `
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {
      console.log('got ' + signal);
      setTimeout(() => { console.log('cleaned up'); process.exit(7); }, 700);
    });
    setInterval(() => {}, 1_000);
    console.log('lives as ' + process.pid);`,
};

export const NODE_IN_PLACE = 'node_modules/.bin/node';
/** What npm logs when it was asked to install once, and did. */
export const INSTALLED_ONCE = 'begin ci --no-audit --no-fund --loglevel=error\nend\n';

export interface Run {
  child: ChildProcess;
  ended: Promise<{ code: number | null; output: string }>;
  said: () => string;
}

/** A project that holds little but the bootstrap, with a stand-in for npm. */
export class Checkout {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'spellkave-bootstrap-')));
  /** Of the environment. */
  more: Record<string, string> = {};
  readonly #started: Run[] = [];

  constructor() {
    for (const [file, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(this.root, file)), { recursive: true });
      writeFileSync(join(this.root, file), text);
    }
    chmodSync(join(this.root, 'stub/npm'), 0o755);
    mkdirSync(join(this.root, 'tools'));
    copyFileSync(resolve('tools/bootstrap.mjs'), this.bootstrap);
  }

  remove(): void {
    for (const { child } of this.#started) {
      // What a failed test leaves: the program may outlive a bootstrap that is gone.
      if (child.pid) spawnSync('kill', ['-KILL', '--', `-${child.pid}`]);
    }
    rmSync(this.root, { recursive: true });
  }

  get bootstrap(): string {
    return join(this.root, 'tools/bootstrap.mjs');
  }

  /** The bootstrap in a process group of its own, as a terminal starts it. */
  start(...args: string[]): Run {
    return this.run(process.execPath, this.bootstrap, ...args);
  }

  /** The bootstrap, run by a Node that says it is an old one. */
  startOld(...args: string[]): Run {
    const code = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })";
    return this.run(process.execPath, '--import', `data:text/javascript,${code}`, this.bootstrap, ...args);
  }

  run(program: string, ...args: string[]): Run {
    const child = spawn(program, args, {
      env: {
        ...process.env,
        PATH: `${join(this.root, 'stub')}${delimiter}${process.env['PATH']}`,
        npm_lifecycle_event: 'start',
        ...this.more,
      },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    // Closed when the program has ended too, because that holds the same pipes.
    const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }));
    const one = { child, ended, said: () => output };
    this.#started.push(one);
    return one;
  }

  /** Waits until what cleans up when it is asked to end lives. */
  async startWorld(world = this.start('world.mjs')): Promise<Run> {
    await expect.poll(world.said).toContain('lives as ');
    return world;
  }

  npmLog(): string {
    return this.has('npm.log') ? readFileSync(join(this.root, 'npm.log'), 'utf8') : '';
  }

  /** Puts a program in the place of the pinned Node, or nothing where `script` makes nothing. */
  npmInstalls(script: string): void {
    this.write('npm-installs', script);
  }

  write(file: string, text = ''): void {
    writeFileSync(join(this.root, file), text);
  }

  delete(file: string): void {
    rmSync(join(this.root, file), { recursive: true });
  }

  has(file: string): boolean {
    return existsSync(join(this.root, file));
  }

  locks(): string[] {
    return readdirSync(join(this.root, '.spellkave'), { encoding: 'utf8', recursive: true });
  }

  turnOf(pid: number | undefined): string {
    return join(this.root, `.spellkave/installing/${pid}`);
  }
}

export const test = base.extend<{ checkout: Checkout }>({
  checkout: async ({}, use) => {
    const checkout = new Checkout();
    await use(checkout);
    checkout.remove();
  },
});

export { expect };
