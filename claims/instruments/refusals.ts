const LONGEST = 80;

/**
 * The kind of a failed thought, for a table: the same sentence without its quotes, numbers and names.
 * @param outcome as the thinker told it
 * @param text what the model wrote, if anything
 */
export function reasonOf(outcome: string, text: string | undefined): string {
  if (text === undefined) return `no answer: ${kindOf(outcome)}`;
  const [, world] = /^the world rejected it: (.*)$/s.exec(outcome) ?? [];
  if (world) return `the world: ${kindOf(world)}`;
  const [, field] = /^the answer is not one of the actions: .*\}: (?:action\.)?(.*)$/s.exec(outcome) ?? [];
  return `not an action: ${kindOf(field ?? outcome)}`;
}

function kindOf(sentence: string): string {
  return sentence
    .replaceAll(/"[^"]*"/g, '…')
    .replaceAll(/\d+(?:[.,]\d+)*/g, 'N')
    .replace(/^.+(?= is not here$)/, 'somebody')
    .slice(0, LONGEST);
}
