/** What everybody has an opinion on, by a word that somebody said or asked. `{name}` is who said it. */
export const SUBJECTS: Record<string, string[]> = {
  tide: [
    'The water is {tide}, {name}, and it has never once been late.',
    'Ask Tamsin for the tide, and ask the tide for nothing.',
    'The tide keeps its own ledger, {name}. We are in it in pencil.',
    'You cannot hurry a tide. Jory tried, and he lost a boot.',
  ],
  salt: [
    'Salt goes up, salt goes down, and the sea gives it to everybody for nothing.',
    'There are two kinds of salt, {name}: that which is sold and that which is swept.',
    'A pinch over the shoulder, {name}. The left one. The other one is for debts.',
    'They say that the first house here was built of salt, and that it lasted until the rain.',
  ],
  mud: [
    'The mud gives everything back, {name}, but it never says when.',
    'Speak kindly of the mud. It is listening at the planks.',
    'There is more mud in this town than there is town.',
  ],
  bell: [
    'When that bell rings, {name}, somebody has paid. Count how often you hear it.',
    'The bell under the water rings as well. One hears it in the knees.',
    'I should like to be rung like that, once, for a good reason.',
  ],
  stranger: [
    'Strangers pay in old coin, {name}, and ask for old roads.',
    'Over the flats they have a word for us. It is a short one.',
    'A stranger is only somebody whose debts we have not heard of.',
    'They come by the causeway, and always just ahead of the water.',
  ],
  gold: [
    'Gold, {name}? It goes round and round here. There is no more of it, and no less.',
    'All the gold in town has been in every pocket in town. It is the pockets that change.',
    'Ask Keziah about gold, {name}, but have your hat on.',
  ],
  coin: [
    'The old coins have a face on them, {name}, and it looks the other way.',
    'Bite a coin and it bites back later.',
    'A coin on the bar, and the bell will do the talking.',
  ],
  rope: [
    'Rope is only patience, {name}, with a twist in it.',
    'Thea sells it by the fathom and argues by the yard.',
    'They put a new rope on the well, and nobody will say why.',
  ],
  bread: [
    'There is always bread, {name}, if one is up before Wenna.',
    "Bread first, and opinions after. It was my father's only rule.",
    'A warm loaf is worth two true words.',
  ],
  fish: [
    'The fish are where they always are, {name}: out there, laughing.',
    'Never buy a fish from somebody who will not meet its eye.',
    'Jory has fish when the water has been kind to him.',
  ],
  apple: [
    'Sorrel knows each apple by its grandmother, {name}.',
    'An apple a day keeps Elowen away, and her tongue with her.',
    'They stole apples here before there was a wall to climb.',
  ],
  ale: [
    'The ale at The Drowned Bell is honest up to the third mug, {name}.',
    'Ale makes the room warmer and the story longer.',
    'Garrick will pour you one, {name}, and lose it to you at cards.',
  ],
  iron: [
    'Corm says that iron has moods, {name}. I have seen it sulk.',
    'Iron remembers the fire. That is all that anybody knows of it.',
    'The old nails in the gate are iron from a ship, and the ship is still asking.',
  ],
  flour: [
    'No wind, no flour, {name}. It is a simple life, and dusty.',
    'Aldous has a thumb for it. I mean the wind.',
    'Flour is what is left of a summer when it has been sat on.',
  ],
  light: [
    'There are lights on the causeway, {name}, and they are not carried by anybody.',
    'The lighthouse is dark so that we know where it is.',
    'Ask Hesper for a light, and see how long a silence can be.',
  ],
  debt: [
    'A debt is the only thing here that never sinks, {name}.',
    'They ring the bell when one is paid. It is a quiet town.',
    'Keziah has a drawer for that, and the drawer has a name on it.',
  ],
  book: [
    'Wystan is looking for that one as well, {name}.',
    'It is in the Ledger House, or it was, or there is a gap that has its shape.',
    'Books fade, {name}. One should shout them now and then.',
  ],
  weather: [
    'The wind is off the flats, {name}, and it has been everywhere first.',
    'It will rain when the washing is out. It is a just world.',
    'Ask Aldous. He has it on his thumb.',
  ],
  road: [
    'Every road here ends in water, {name}. Some of them begin again.',
    'Do not ask Isbel. She would tell you, and that is the trouble.',
    'There is a road. It is under the sea until supper.',
  ],
  name: [
    'They call me {me}, {name}, and I answer to it most days.',
    '{me}. It was a gift, and nobody asked me.',
    'I am {me}, {name}. You may look it up in the Ledger House, if the ink holds.',
  ],
  map: [
    'The map is wrong, {name}, but it is wrong in the same places every time.',
    'I would trust the mule before the map.',
    'There was a true map once. They folded it the wrong way, and nobody came back.',
  ],
};
