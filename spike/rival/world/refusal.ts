/** The world forbids what was tried, and nothing has changed. The message is the reason, in the words of the contract. */
export class Refusal extends Error {}
