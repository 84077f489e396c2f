import type { Action } from '../client/bindings/index.ts';

/** An action in words, for a log. */
export function sentenceOf(action: Action): string {
  switch (action.tag) {
    case 'Say':
      return `says: ${action.value}`;
    case 'Go':
      return `goes ${action.value}`;
    case 'Give':
      return `gives ${action.value.quantity} ${action.value.good} to agent ${action.value.to}`;
    case 'Buy':
      return `buys ${action.value.quantity} ${action.value.good} for at most ${action.value.gold} gold`;
    case 'Sell':
      return `sells ${action.value.quantity} ${action.value.good} for at least ${action.value.gold} gold`;
    case 'Wait':
      return 'waits';
  }
}
