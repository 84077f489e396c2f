/** A service ends with it when a person has to act first: `npm start` does not start it again. */
export const NEEDS_A_PERSON = 3;
