import { readFileSync } from 'node:fs';
import { expect, test } from 'playwright/test';
import { BOXES, DATA, IMPORTS } from './architecture.ts';

const page = readFileSync('src/content/docs/architecture.mdx', 'utf8');
const section = page.slice(page.indexOf('## Who may import what'), page.indexOf('## The world module'));
const codeIn = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

test('the picture has an arrow for each import between folders that the table below it allows', () => {
  // What several folders share has no box.
  const isShared = (pattern: string) => /^spike\/(\*|[^*]+)\.ts$/.test(pattern) || pattern === 'tsconfig.json';
  const boxOf = (folder: string) => (folder.startsWith('spike/') ? folder.split('/')[1] : folder.split('/')[0]);
  const allowed = [...section.matchAll(/^\| (`.*?) \| (.*?) \|$/gm)].flatMap(([, folders = '', may = '']) =>
    codeIn(folders).flatMap((from) =>
      codeIn(may)
        .filter((to) => !isShared(to) && boxOf(from) !== boxOf(to))
        .map((to) => `${from} → ${to.replace('*.ts', '')}`),
    ),
  );
  expect(allowed.length).toBeGreaterThan(5);
  expect(IMPORTS.map(({ from, to }) => `${from} → ${to}`).sort()).toEqual(allowed.sort());
});

test('each folder that an arrow names has a box', () => {
  const names = [...IMPORTS, ...DATA].flatMap(({ from, to }) => [from, to]).map((folder) => folder.split('/'));
  // The spike is the frame around its folders, and the live page a part of the site.
  const boxes = names.map(([top = '', below]) => (top === 'spike' ? below : top)).filter(Boolean);
  expect([...new Set(boxes)].filter((name) => !BOXES.some((box) => box.name === name))).toEqual([]);
});
