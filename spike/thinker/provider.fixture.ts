import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { test as base } from 'playwright/test';

/** What the provider does next: answer, or fail in one of the ways in which providers fail. */
export type Behaviour =
  | { answers: string; finish?: 'stop' | 'length' | 'content_filter'; afterMs?: number }
  /** Any other message of a completion. */
  | { message: Record<string, unknown>; finish?: string }
  | { refuses: string }
  | { status: number; headers?: Record<string, string>; says?: unknown }
  | { breaks: string }
  | { hangs: true }
  | { drops: true };

export interface ChatRequest {
  path: string;
  authorization: string;
  body: { model: string; messages: { role: string; content: string }[]; response_format?: { type: string } };
}

export interface Provider {
  baseUrl: string;
  /** Every request, oldest first. */
  readonly asked: ChatRequest[];
  /** Sets the behaviour from now on, or the one for each request. */
  behave(behaviour: Behaviour | ((request: ChatRequest) => Behaviour)): void;
  /** From now on every connection is refused. */
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

/** A real HTTP endpoint that speaks the chat completions protocol and misbehaves on command. */
export async function startProvider(): Promise<Provider> {
  const asked: ChatRequest[] = [];
  let next: (request: ChatRequest) => Behaviour = () => ({ hangs: true });
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const { authorization = '' } = request.headers;
      const seen = { path: request.url ?? '', authorization, body: JSON.parse(body) as ChatRequest['body'] };
      asked.push(seen);
      answer(response, next(seen));
    });
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const close = async () => {
    if (!server.listening) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  await listen(0);
  const { port } = server.address() as { port: number };
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    asked,
    behave: (behaviour) => void (next = typeof behaviour === 'function' ? behaviour : () => behaviour),
    goDown: close,
    comeBack: () => listen(port),
    close,
  };
}

function answer(response: ServerResponse, behaviour: Behaviour): void {
  if ('hangs' in behaviour) return;
  if ('drops' in behaviour) return void response.socket?.destroy();
  const json = { 'content-type': 'application/json' };
  if ('breaks' in behaviour) return void response.writeHead(200, json).end(behaviour.breaks);
  if ('status' in behaviour) {
    const { status, headers, says = { error: { message: 'something is wrong' } } } = behaviour;
    return void response
      .writeHead(status, { ...json, ...headers })
      .end(typeof says === 'string' ? says : JSON.stringify(says));
  }
  const choice = { index: 0, finish_reason: 'stop', ...finishOf(behaviour), message: messageOf(behaviour) };
  const send = () =>
    response.writeHead(200, json).end(JSON.stringify({ object: 'chat.completion', choices: [choice] }));
  if ('answers' in behaviour && behaviour.afterMs) setTimeout(send, behaviour.afterMs);
  else send();
}

function messageOf(behaviour: Extract<Behaviour, { answers: string } | { message: object } | { refuses: string }>) {
  if ('message' in behaviour) return behaviour.message;
  const content = 'answers' in behaviour ? { content: behaviour.answers } : { refusal: behaviour.refuses };
  return { role: 'assistant', ...content };
}

function finishOf(behaviour: Behaviour): { finish_reason?: string } {
  return 'finish' in behaviour && behaviour.finish ? { finish_reason: behaviour.finish } : {};
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

/** A provider for one test. */
export const test = base.extend<{ provider: Provider }>({
  provider: async ({}, use) => {
    const provider = await startProvider();
    await use(provider);
    await provider.close();
  },
});
