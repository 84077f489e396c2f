import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What the provider does next: answer, or fail in one of the ways in which providers fail. */
export type Behaviour =
  | { answers: string; finish?: 'stop' | 'length' }
  | { refuses: string }
  | { status: number; headers?: Record<string, string>; says?: string }
  | { breaks: string }
  | { hangs: true };

export interface Provider {
  baseUrl: string;
  /** Every request, oldest first. */
  readonly asked: { authorization: string; body: { messages: { role: string; content: string }[] } }[];
  /** Sets the behaviour from now on. */
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

/** A real HTTP endpoint that speaks the chat completions protocol and misbehaves on command. */
export async function startProvider(): Promise<Provider> {
  const asked: Provider['asked'] = [];
  let next: Behaviour = { hangs: true };
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      asked.push({
        authorization: request.headers.authorization ?? '',
        body: JSON.parse(body) as Provider['asked'][0]['body'],
      });
      answer(response, next);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    asked,
    behave: (behaviour) => void (next = behaviour),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(response: ServerResponse, behaviour: Behaviour): void {
  if ('hangs' in behaviour) return;
  const json = { 'content-type': 'application/json' };
  if ('breaks' in behaviour) return void response.writeHead(200, json).end(behaviour.breaks);
  if ('status' in behaviour) {
    const error = JSON.stringify({ error: { message: behaviour.says ?? 'something is wrong' } });
    return void response.writeHead(behaviour.status, { ...json, ...behaviour.headers }).end(error);
  }
  const message = 'refuses' in behaviour ? { refusal: behaviour.refuses } : { content: behaviour.answers };
  const finish = 'answers' in behaviour ? behaviour.finish : undefined;
  const choice = { index: 0, finish_reason: finish ?? 'stop', message: { role: 'assistant', ...message } };
  response.writeHead(200, json).end(JSON.stringify({ id: 'x', object: 'chat.completion', choices: [choice] }));
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
