import type { Sights } from './sights.ts';

/** The places on the shore and in the fields, by name. */
export const OUTSIDE: Record<string, Sights> = {
  'The Salt Gate': {
    lines: [
      'The toll board has lost another letter. It nearly spells something now.',
      'Wind off the flats again. It goes through the gate and does not pay either.',
      'They say that the gate was built to keep something in.',
      'Somebody has scratched a ship on the gatepost, under the old one.',
      'You can taste who came through here today: salt, tar and somebody with onions.',
    ],
  },
  'The Harbour': {
    lines: [
      'All the boats are lying on their sides like dogs in the sun.',
      'The mud is taking an anchor, slowly, and without any fuss.',
      'Someone painted a new name on the old boat. She does not answer to it.',
      'The gulls have found a crate. I would rather not know what is in the crate.',
      'When the water comes, everything here will stand up at once.',
    ],
    stall: { keeper: 'Jory', goods: ['fish', 'salt'] },
  },
  'The Mudbank': {
    lines: [
      'One plank is missing, and there is a hat where it was.',
      'Keep to the planks. The mud is not deep, it is only hungry.',
      'Something went "plop" and then thought better of it.',
      'I put my foot down here last year, and there is still a mark. It is deeper now.',
      'The planks are numbered. Somebody has turned the nine.',
    ],
  },
  'The Dark Lighthouse': {
    lines: [
      'It is so clean up there. You could eat off that lamp, in the dark.',
      'A hundred and twelve steps, and the hundred-and-twelfth is for show.',
      'The ships keep clear of us out of habit. It is a kind of light.',
      'The shadow of the tower came round and went over me like a hand.',
      'There is a chair at the top that faces inland.',
    ],
  },
  'The Ropewalk': {
    lines: [
      'Say something at this end, and by the far end it has been twisted into three.',
      'The hemp has got into my sleeves, my soup and my opinions.',
      'A shed as long as a street, and still I meet everyone in the doorway.',
      'They hung a rope up to dry, and it has tied itself to the beam.',
      'Nobody knows who walked the first mile of this. It was backwards, in any case.',
    ],
    stall: { keeper: 'Thea', goods: ['rope', 'fish'] },
  },
  'The Granary': {
    lines: [
      'The dust stands in the light as if somebody had told it to wait.',
      'There is a mouse behind the third bin who pays no rent.',
      'It is so quiet here that you can hear the wheat lean.',
      'Somebody wrote a sum on the beam, and it does not come out.',
      'A good year smells like this. So does a bad one, but from further off.',
    ],
  },
  'The Wind Mill': {
    lines: [
      'The sails are standing still, and they still complain.',
      'One turn of those sails and the whole floor says grace.',
      "There is a hand in flour on the door, and it is nobody's size.",
      'From up here you can see who is coming and how little they carry.',
      'The stones have stopped, and my teeth have not noticed yet.',
    ],
    stall: { keeper: 'Aldous', goods: ['flour'] },
  },
  'The Orchard': {
    lines: [
      'The rows are crooked, so you meet every tree as a surprise.',
      'A ladder with nobody on it. The apples are still deciding.',
      'Somebody took one bite out of each of the low ones, all the way along.',
      'The bees have gone to the mill. We were not told why.',
      'It rained apples for a minute. There was no wind.',
    ],
    stall: { keeper: 'Sorrel', goods: ['apples'] },
  },
  'Watch Hill': {
    lines: [
      'One grey plate, and somebody has been eating from the edge of it.',
      'From here the whole town could be covered with a thumb. I have done it.',
      'The grass lies down on the side where the watch always sits.',
      'I can see the causeway, and I can see where it is going to stop.',
      'Up here the bell arrives after it has finished.',
    ],
  },
  'The Salt Works': {
    lines: [
      'White all the way to where the sky begins, and then white.',
      'The rakes are laid out like ribs. I keep counting them.',
      'There are footprints across the third pan, and they stop in the middle.',
      'My shadow came out blue again. It is the salt.',
      'The pans crack in the sun, and each has its own note.',
    ],
    stall: { keeper: 'Tobin', goods: ['salt'] },
  },
  'The Causeway': {
    lines: [
      'The water is {tide}. Walk, or do not, but choose.',
      'Half of the day this is a road, and the other half it is a story.',
      'There is weed on the milestone, up to the seven.',
      'A cart wheel is out there, upright, going nowhere with great dignity.',
      'I met somebody halfway who asked me whether it was still Thursday.',
    ],
  },
};
