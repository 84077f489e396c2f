import { expect, test } from 'playwright/test';
import { drawingFigure, drawingSvg, isDrawing } from './box-drawing.ts';

const DRAWING = ['a <b> ──► c', '│', '└── on it ──► d'].join('\n');

test('only a block with lines and corners or tips is a drawing', () => {
  expect(isDrawing(DRAWING)).toBe(true);
  expect(isDrawing('> ask Mira\nMira answers')).toBe(false);
  expect(isDrawing('| a | b |\n| --- | --- |')).toBe(false);
});

test('every word of a drawing is in its picture, escaped, and no line character is left', () => {
  const svg = drawingSvg(DRAWING);
  expect([...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, words]) => words)).toEqual([
    'a &#60;b&#62;',
    'c',
    'on it',
    'd',
  ]);
  expect(svg).not.toMatch(/[─│└►]/);
});

test('a corner joins the line above to the line on its right', () => {
  expect(drawingSvg('│\n└─►')).toContain('M4 0V18');
  expect(drawingSvg('│\n└─►')).toMatch(/M4 27H8|M4 18V27/);
});

test('the text stands behind the picture', () => {
  expect(drawingFigure(DRAWING)).toContain('>a &#60;b&#62; ──► c\n│');
});
