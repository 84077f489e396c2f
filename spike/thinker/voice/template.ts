import type { Context } from '../mind.ts';
import { hourOf, nameOfHour, tideAt } from './hours.ts';

/** What the `{…}` of a template stand for. A template with one that is missing cannot be said. */
export type Slots = Partial<Record<'other' | 'name' | 'topic' | 'place' | 'count' | 'me', string>>;

/** The world's limit for speech. */
const LONGEST = 280;

/** Fills templates for one context. */
export function filler({ tick, agent, place }: Context): (template: string, slots: Slots) => string | undefined {
  const hour = hourOf(tick);
  const always = { hour: nameOfHour(hour), tide: tideAt(hour), me: agent?.name, place: place?.name };
  return (template, slots) => fill(template, { ...always, ...slots });
}

function fill(template: string, slots: Record<string, string | undefined>): string | undefined {
  let isWhole = true;
  const line = template.replace(/\{(\w+)\}/g, (_, slot: string) => {
    const value = slots[slot.toLowerCase()];
    if (value === undefined) isWhole = false;
    else if (slot === 'Topic') return value.replace(/^./u, (first) => first.toUpperCase());
    return value ?? '';
  });
  return isWhole && [...line].length <= LONGEST ? line.trim() : undefined;
}
