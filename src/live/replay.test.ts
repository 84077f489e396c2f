import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'playwright/test';
import { quantile } from '../../spike/client/quantile.ts';
import { KINDS, sentenceOf } from '../../spike/client/sentence.ts';
import { EVENT_VERSION, GOLD } from '../../spike/client/world-constants.ts';
import { agentWords } from './agent-words.ts';
import { lastThoughts } from './last-thoughts.ts';
import type { News } from './news.ts';
import { Replay, type Recording } from './replay.ts';
import { Scene } from './scene.ts';

const file = readFileSync('src/live/recording.json');
const recording = JSON.parse(file.toString()) as Recording;
const LIMIT_MS = 10;
const LIMIT_KB = 60;

test('the recording shows what the page says: with the minds stopped the queue grows and the clock stays punctual', () => {
  const scene = new Scene();
  const late: number[] = [];
  let [before, after] = [NaN, NaN];
  for (const [, news] of recording.news) {
    scene.take(news);
    const open = scene.open.at(-1)?.value ?? NaN;
    if (scene.minds?.mode === 'Stopped') after = open;
    else if (Number.isNaN(after)) before = open;
    if (scene.minds?.mode === 'Stopped' && news.kind === 'tick') late.push(news.latenessMs);
  }
  expect(scene.places.length).toBe(20);
  expect(scene.agents.size).toBe(30);
  expect(scene.minds?.mode).toBe('Normal');
  expect(after).toBeGreaterThan(before + 10);
  expect(late.length).toBeGreaterThan(200);
  expect(
    quantile(
      late.sort((a, b) => a - b),
      0.99,
    ),
  ).toBeLessThan(LIMIT_MS);
});

test('everybody recorded has a routine and a purse, and thoughts are recorded step by step', () => {
  const scene = new Scene();
  for (const [, news] of recording.news) scene.take(news);
  for (const agent of scene.agents.keys()) expect(agentWords(scene, agent)?.routine).not.toBe('unknown');
  expect([...scene.purses.values()].filter((purse) => (purse.get(GOLD) ?? 0) > 0).length).toBeGreaterThan(20);
  const lives = [...scene.agents.keys()].flatMap((agent) => lastThoughts(scene, agent, 5));
  expect(
    lives.filter(({ life, deed }) => /asked, leased after .*done after/.test(life) && deed).length,
  ).toBeGreaterThan(20);
});

test('every recorded event is a sentence that names people, not numbers', () => {
  const scene = new Scene();
  for (const [, news] of recording.news) scene.take(news);
  const events = recording.news.flatMap(([, news]) => (news.kind === 'event' ? [news.event] : []));
  expect(events.length).toBeGreaterThan(20);
  for (const event of events) {
    expect(event.version).toBe(EVENT_VERSION);
    expect(KINDS).toContain(event.kind);
    expect(sentenceOf(event, scene)).toMatch(/^\p{Lu}[^]* \w/u);
    expect(sentenceOf(event, scene)).not.toMatch(/\bagent \d|undefined|too old/);
  }
});

test('the recording is small', () => {
  expect(gzipSync(file).length / 1_000).toBeLessThan(LIMIT_KB);
});

const named = (name: string): News => ({ kind: 'name', agent: 1, name });
const SHORT: Recording['news'] = [
  [0, named('first')],
  [0, named('second')],
  [150, named('late')],
];

function replayed() {
  const told: string[] = [];
  const replay = new Replay(
    { ...recording, news: SHORT },
    { tell: (piece) => told.push((piece as { name: string }).name) },
  );
  return { told, replay };
}

test('news arrives in order, at its time, and from the start again', async () => {
  const { told, replay } = replayed();
  expect(told).toEqual(['first', 'second']);
  await expect.poll(() => told.slice(0, 5)).toEqual(['first', 'second', 'late', 'first', 'second']);
  replay.stop();
  const { length } = told;
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(told.length).toBe(length);
});

test('a paused recording tells nothing, and going back tells everything up to there again', async () => {
  const { told, replay } = replayed();
  replay.isPaused = true;
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect([told, replay.atMs < 150]).toEqual([['first', 'second'], true]);
  replay.seek(150);
  expect(told).toEqual(['first', 'second', 'late']);
  replay.seek(20);
  expect(told).toEqual(['first', 'second', 'late', 'first', 'second']);
  expect(replay.atMs).toBe(20);
  replay.stop();
});

test('the recording has the phases that its buttons jump to', () => {
  const replay = new Replay(recording, { tell: () => {} });
  replay.stop();
  expect(replay.phases.map(({ mode }) => mode)).toEqual(['Normal', 'Stopped', 'Normal']);
  expect(replay.lengthMs).toBeGreaterThan(80_000);
});
