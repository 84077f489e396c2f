import { request } from 'node:http';
import { expect, test as base } from 'playwright/test';
import { readOpening } from '../client/live-fragment.ts';
import { OwnerChannel } from './owner-channel.ts';

const ORIGIN = 'http://127.0.0.1:4321';
const WELCOME = { host: 'http://127.0.0.1:3000', database: 'isle', token: 'a.b.c' };

interface Sent {
  path: string;
  body?: unknown;
  method?: string;
  headers?: Record<string, string | undefined>;
}

interface Answered {
  status: number;
  body: Record<string, unknown>;
  headers: Record<string, unknown>;
}

/** A channel, and the requests of a browser to it: a test may forge what a browser would not. */
interface Door {
  channel: OwnerChannel;
  opened: number;
  code: () => string;
  send: (sent: Sent) => Promise<Answered>;
}

const test = base.extend<{ door: Door }>({
  door: async ({}, use) => {
    const answers = { echo: (asked: unknown) => asked, fail: () => Promise.reject(new Error('the host is down')) };
    const onOpened = () => door.opened++;
    const channel = await OwnerChannel.open({ origin: ORIGIN, welcome: WELCOME, onOpened, answers });
    const code = () => readOpening(`#${channel.fragment}`)!.code;
    const door: Door = { channel, opened: 0, code, send: (sent) => send(channel.port, sent) };
    await use(door);
    await channel.close();
  },
});

function send(port: number, { path, body, method = 'POST', headers = {} }: Sent): Promise<Answered> {
  const sent = { Host: `127.0.0.1:${port}`, Origin: ORIGIN, 'Content-Type': 'application/json', ...headers };
  const given = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined));
  return new Promise((resolve, reject) => {
    const asking = request(
      { host: '127.0.0.1', port, path, method, headers: given as Record<string, string> },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        answer.on('end', () => {
          const body = (text ? JSON.parse(text) : {}) as Record<string, unknown>;
          resolve({ status: answer.statusCode ?? 0, body, headers: answer.headers });
        });
      },
    );
    asking.on('error', reject).end(body === undefined || method !== 'POST' ? '' : JSON.stringify(body));
  });
}

const open = (door: Door, code = door.code(), headers = {}) => door.send({ path: '/open', body: { code }, headers });

test('the right code gives the token and a key once, and the next address has another code', async ({ door }) => {
  const code = door.code();
  const { status, body, headers } = await open(door);
  expect(status).toBe(200);
  expect(body).toEqual({ ...WELCOME, key: expect.stringMatching(/^[\w-]{32}$/) as unknown });
  expect(headers['access-control-allow-origin']).toBe(ORIGIN);
  expect(headers['cache-control']).toBe('no-store');
  await expect.poll(() => door.opened).toBe(1);
  expect(door.code()).not.toBe(code);

  const second = await open(door, code);
  expect([second.status, second.body]).toEqual([
    403,
    { error: 'this address was used before, or another npm start printed it' },
  ]);
  expect(door.opened).toBe(1);
});

test('a wrong code gives nothing and spends nothing', async ({ door }) => {
  const code = door.code();
  for (const wrong of ['', code.slice(1), `${code}a`, 'x'.repeat(14)]) {
    const { status, body } = await open(door, wrong);
    expect(status).toBe(403);
    expect(JSON.stringify(body)).not.toContain(WELCOME.token);
  }
  for (const body of [undefined, {}, { code: [code] }, 'text'])
    expect((await door.send({ path: '/open', body })).status).toBe(403);
  expect((await open(door, code)).status).toBe(200);
});

for (const [what, origin] of [
  ['a foreign page', 'https://evil.example'],
  ['another port of this machine', 'http://127.0.0.1:4322'],
  ['another name of this machine', 'http://localhost:4321'],
  ['a file or a sandboxed frame', 'null'],
  ['a program that sends no origin', undefined],
] as const)
  test(`${what} is rejected with the right code, and learns nothing`, async ({ door }) => {
    const code = door.code();
    for (const method of ['POST', 'OPTIONS']) {
      const { status, body, headers } = await door.send({
        path: '/open',
        method,
        body: { code },
        headers: { Origin: origin },
      });
      expect(status).toBe(403);
      expect(headers['access-control-allow-origin']).toBeUndefined();
      expect(JSON.stringify(body)).not.toContain(WELCOME.token);
    }
    expect((await open(door, code)).status).toBe(200);
  });

test('a foreign name that resolves to this machine is rejected with the right code and origin', async ({ door }) => {
  const code = door.code();
  const { port } = door.channel;
  for (const Host of [`evil.example:${port}`, `localhost:${port}`, '127.0.0.1', `127.0.0.1:${port + 1}`]) {
    const { status, body } = await open(door, code, { Host });
    expect(status).toBe(421);
    expect(JSON.stringify(body)).not.toContain(WELCOME.token);
  }
  expect((await open(door, code)).status).toBe(200);
});

test('only a key of this channel works the buttons, and their errors reach the page', async ({ door }) => {
  const { body } = await open(door);
  const Authorization = `Bearer ${String(body['key'])}`;
  const press = (path: string, headers: Record<string, string>) => door.send({ path, body: { on: true }, headers });
  expect((await press('/echo', { Authorization })).body).toEqual({ on: true });
  expect(await press('/fail', { Authorization })).toMatchObject({ status: 400, body: { error: 'the host is down' } });
  for (const other of ['', 'Bearer ', 'Bearer x', `Bearer ${WELCOME.token}`])
    expect((await press('/echo', { Authorization: other })).status).toBe(401);
  for (const path of ['/other', '/', '/constructor', '/__proto__'])
    expect((await press(path, { Authorization })).status).toBe(404);
});

test('a browser may ask first, and neither a link nor a long request is answered', async ({ door }) => {
  const asked = await door.send({ path: '/open', method: 'OPTIONS' });
  expect([asked.status, asked.headers['access-control-allow-headers']]).toEqual([204, 'authorization, content-type']);
  expect((await door.send({ path: '/open', method: 'GET' })).status).toBe(405);
  expect((await door.send({ path: '/open', body: { code: 'a'.repeat(2_000) } })).status).toBe(413);
});
