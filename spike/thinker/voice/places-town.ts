import type { Sights } from './sights.ts';

/** The places within the walls, by name. */
export const IN_TOWN: Record<string, Sights> = {
  'The Market': {
    lines: [
      'Frying dough. I was going to be strong today.',
      'The awning over the salt sacks has a hole in it, and the hole has the best of the sun.',
      'Everybody here is shouting a price, and nobody is shouting the same one.',
      'A child went off with a salt sack for a hat. It suits the child.',
      'They have not swept the market, they have only moved it.',
    ],
    stall: { keeper: 'Odo', goods: ['salt', 'flour'] },
  },
  'The Old Well': {
    lines: [
      'The rope is new. So who took the old one, and who was on it?',
      'Drop a stone and count. I never hear the end of it.',
      'The worn side of the ring is the side where people wait.',
      'Someone left a cup here, and everyone has been too polite to drink.',
      'The water came up cold and a little proud of itself.',
    ],
  },
  'The Tide Chapel': {
    lines: [
      'The floor slopes more than it did. Or I have been standing here too long.',
      'One candle has gone out, and the rest are leaning over to look.',
      'A jar rolled the length of the chapel, and nobody said amen.',
      'You can hear the sea under the flagstones. It is only checking.',
      'They pray downhill here. It goes faster.',
    ],
  },
  'The Smithy': {
    lines: [
      'The dog opened one eye. That is an honour.',
      'The red light makes us all look as if we meant it.',
      'The bellows sigh like somebody who has read the letter.',
      'Mind the bucket. It is water, but it remembers being steam.',
      'A spark has landed on my sleeve and lives there now.',
    ],
    stall: { keeper: 'Corm', goods: ['iron', 'rope'] },
  },
  'The Barracks': {
    lines: [
      'Eight bunks, five guards. One of the empty ones is warm.',
      'The deck of cards has fifty-one. They play around the hole.',
      'Somebody has polished the spears and not the boots. There was a choice.',
      'A list on the door says who is on watch. It has been signed by a dog.',
      'The stove here has been promised wood since the spring.',
    ],
  },
  'The Drowned Bell': {
    lines: [
      'Mind the beam. It has met taller people than you.',
      'The bell has not rung today. Somebody here is holding on to a debt.',
      'The table by the window rocks, so that is where they put the strangers.',
      'The hand that chalked the slate cannot add, or is kind.',
      'There is a tide mark on the wall above the bar. People drink up to it.',
    ],
    stall: { keeper: 'Garrick', goods: ['ale', 'apples'] },
  },
  'Needle Alley': {
    lines: [
      'After you. No, after you. We shall be here until the tide.',
      'Somebody is coming the other way with a ladder. God help us all.',
      'The walls are worn at shoulder height, and at one place at knee height.',
      'If two rude people ever met in here, they would have found the bones.',
      'A shutter closed above just as I looked up. It always does.',
    ],
  },
  'The Ledger House': {
    lines: [
      'The ink of the ninth shelf is almost gone. Read it while it lasts.',
      'Every bargain ever struck, and not one of them says who was smiling.',
      'There is a page here with my name on it, in a hand that I do not know.',
      'It smells of dust and of promises. The dust is fresher.',
      'A moth came out of the year of the flood. I let it go.',
    ],
  },
  'The Bath House': {
    lines: [
      'The echo has just told me something, and I have not said anything yet.',
      'So much steam that I have greeted the same person three times.',
      'Somebody left a boot in the cold pool. Only the one.',
      'The third tub is taken. It has been taken all week, by the same voice.',
      'Gossip rises, like heat. The best of it is up there under the roof.',
    ],
  },
};
