/** The time of day where the reader is. */
export const moments = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
