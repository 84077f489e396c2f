import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test as base } from 'playwright/test';
import { localMind } from './local-mind.ts';
import { LOCAL_SCHEMA } from './local-grammar.ts';
import { FIELDS } from './answer.ts';
import { UnavailableError, type Context, type Mind } from './mind.ts';

/** Stands in for node-llama-cpp: answers with the question's words, and obeys a few that make it fail. */
const RUNTIME = `
let open = 0;
const wait = (ms, signal) => new Promise((resolve, reject) => {
  const timer = setTimeout(resolve, ms);
  signal.addEventListener('abort', () => { clearTimeout(timer); reject(signal.reason); });
});
export const getLlama = async () => ({
  async loadModel({ modelPath }) {
    if (modelPath.includes('broken')) throw new Error('the model is corrupted');
    if (modelPath.includes('crash')) process.abort();
    return { createContext: async () => ({ getSequence: () => ({}) }) };
  },
  createGrammarForJsonSchema: async () => ({}),
});
export class LlamaChatSession {
  setChatHistory() {}
  async promptWithMeta(user, { signal }) {
    if (open++ > 0) throw new Error('two thoughts at once');
    try {
      const { question } = JSON.parse(user.split('\\n')[1]);
      if (question === 'die') process.kill(process.pid, 'SIGKILL');
      await wait(question === 'hang' ? 60_000 : 20, signal);
      const action = question === 'rave' ? { kind: 'fly' } : { kind: 'say', words: question };
      return { responseText: JSON.stringify({ action }), stopReason: question === 'talk' ? 'maxTokens' : 'stop' };
    } finally {
      open--;
    }
  }
}`;

const test = base.extend<{ mindOf: (file: string) => Mind; mind: Mind }>({
  mindOf: async ({}, use, info) => {
    const library = join(info.outputDir, 'node_modules/node-llama-cpp/dist');
    mkdirSync(library, { recursive: true });
    writeFileSync(join(library, 'index.js'), RUNTIME);
    writeFileSync(join(library, 'package.json'), '{"type":"module"}');
    const minds: Mind[] = [];
    await use((name) => {
      const file = join(info.outputDir, name);
      writeFileSync(file, 'GGUF');
      const parts = { findRuntime: () => Promise.resolve(info.outputDir), findModel: () => Promise.resolve(file) };
      const mind = localMind(file, parts);
      minds.push(mind);
      return mind;
    });
    for (const mind of minds) await mind.close?.();
  },
  mind: async ({ mindOf }, use) => use(mindOf('small.gguf')),
});

const never = new AbortController().signal;
const asked = (question: string) => ({ question }) as Context;
const said = (value: string) => ({ tag: 'Say', value });

test('the grammar has every action with exactly its own fields, and no anyOf', () => {
  const { oneOf } = LOCAL_SCHEMA.properties.action;
  const kinds = oneOf.map(({ properties: { kind, ...fields } }) => [kind.const, Object.keys(fields)]);
  expect(new Map(kinds as [string, string[]][])).toEqual(new Map(FIELDS));
  expect(JSON.stringify(LOCAL_SCHEMA)).not.toContain('anyOf');
});

test('thinks one thought at a time, in the order in which they came', async ({ mind }) => {
  const words = ['one', 'two', 'three'];
  expect(await Promise.all(words.map((word) => mind.think(asked(word), never)))).toEqual(words.map(said));
});

test('names the model without its folder', ({ mind }) => {
  expect(mind.name).toBe('small on this machine');
});

test('an aborted thought ends at once and leaves the model to the next one', async ({ mind }) => {
  await mind.prepare?.(() => {});
  const abort = new AbortController();
  const hanging = mind.think(asked('hang'), abort.signal);
  const waiting = mind.think(asked('next'), never);
  abort.abort(new Error('too late'));
  await expect(hanging).rejects.toThrow('too late');
  expect(await waiting).toEqual(said('next'));
});

test('a thought that was aborted while it waited never reaches the model', async ({ mind }) => {
  const abort = new AbortController();
  const first = mind.think(asked('one'), never);
  const second = mind.think(asked('hang'), abort.signal);
  abort.abort(new Error('too late'));
  expect(await first).toEqual(said('one'));
  await expect(second).rejects.toThrow('too late');
});

test('after a crash in a thought it says so, and the next thought gets a new process', async ({ mind }) => {
  const crash = mind.think(asked('die'), never);
  // It costs no attempt: the request can be thought by another process.
  await expect(crash).rejects.toThrow(UnavailableError);
  await expect(crash).rejects.toThrow("the model's process ended with SIGKILL");
  expect(await mind.think(asked('again'), never)).toEqual(said('again'));
});

test('an answer that is cut off or no action is an error', async ({ mind }) => {
  await expect(mind.think(asked('talk'), never)).rejects.toThrow('the answer was cut off');
  await expect(mind.think(asked('rave'), never)).rejects.toThrow('not one of the actions');
});

for (const [file, reason] of [
  ['broken.gguf', /^broken\.gguf cannot be loaded as a model: the model is corrupted$/],
  ['crash.gguf', /^crash\.gguf cannot be loaded as a model: its process ended with SIGABRT/],
] as const) {
  test(`${file}: a model that cannot be loaded is reported before the first thought`, async ({ mindOf }) => {
    await expect(mindOf(file).prepare?.(() => {})).rejects.toThrow(reason);
  });
}

test('closing ends the process in the middle of a thought', async ({ mind }) => {
  await mind.prepare?.(() => {});
  const hanging = mind.think(asked('hang'), never);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await mind.close?.();
  await expect(hanging).rejects.toThrow("the model's process ended with SIGKILL");
});
