/** Ticks of an hour: at 10 Hz an hour of the story is a minute, and its day is 24 minutes. */
const HOUR = 600;
const NAMES = [
  'midnight',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'noon',
];
const TIDES = ['falling', 'low', 'rising', 'high'];

/** Follows from the tick alone, so that everybody agrees on it. */
export function hourOf(tick: number): number {
  return Math.floor(tick / HOUR) % 24;
}

/** `seven`, for the middle of a sentence. */
export function nameOfHour(hour: number): string {
  return NAMES[hour > 12 ? hour - 12 : hour] ?? 'some hour';
}

/** High water comes twice a day. */
export function tideAt(hour: number): string {
  return TIDES[Math.floor((hour % 12) / 3)] ?? 'about';
}

/** What the hour gives people to talk about. */
export function linesOfHour(hour: number): string[] {
  return PARTS[Math.floor(hour / 4)] ?? [];
}

const PARTS = [
  [
    'Nobody is up at this hour who has a good reason.',
    'The lamps are down, and the rats have the high road.',
    'I heard the night heron. It only ever says the one thing.',
    'If you listen, you can hear the flats breathe.',
    'The stars are out over the salt, and there is a second lot in the pans.',
    'It is the hour when the dead are thirsty, my aunt used to say, and she would put out a cup.',
  ],
  [
    'The mist has not made up its mind which way to leave.',
    'There it comes, the light, all pink and pretending that it was here before.',
    'My breath got here before I did.',
    'The cocks have started. One of them is early, and he never learns.',
    'The shutters are going up, one yawn after the other.',
    'Dew on everything, and on the dog most of all.',
  ],
  [
    'The day has its sleeves up already.',
    "A fine drying wind, and everybody's secrets out on the line.",
    'You could hear hammers from here to the hill this morning.',
    'The sun is on the salt, and I have left my hat at home.',
    'It is a morning for deals: everyone is still a little hungry.',
    'Eleven errands before noon, and I have forgotten the one that matters.',
  ],
  [
    'The shade has gone under the bench and will not come out.',
    'After the bell comes soup, and after soup comes nothing for a while.',
    'Even the flies are walking.',
    "The tar is soft, and so is everybody's judgement.",
    'I shall do it when it is cooler. I say that from noon to four.',
    'The afternoon is as long as the ropewalk, and as straight.',
  ],
  [
    'The light has gone the colour of weak tea.',
    'Smoke from every chimney but one. I wonder about that one.',
    'The swallows are low. It is either rain or gossip.',
    'The carts are coming home, and they are louder empty.',
    'Somebody will light a lamp in a moment, and then it will be evening.',
    'My shadow has gone home ahead of me.',
  ],
  [
    'They have barred the gate, and now we shall see who is on which side.',
    'One more fire, one more story, and then one more fire.',
    'The window of the tavern is the only honest light in town.',
    'It is the time of day when everybody remembers what they ought to have said.',
    'I can hear a fiddle, or else a hinge. It comes to the same.',
    'The fog is in, and everybody who walks through it owns the whole street.',
  ],
];
