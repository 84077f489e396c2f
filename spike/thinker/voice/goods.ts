/** What people say about what they carry. `{count}` is how much of it. */
export const GOODS: Record<string, string[]> = {
  salt: [
    'Salt, {count} of it, and every grain was a wave once.',
    'I have salt enough, {other}, for a pig or for a long argument.',
    'My salt has gone damp. It is homesick.',
    'Smell this salt, {other}. That is the third pan, after a dry wind.',
    'They pay a soldier in salt, and then they complain that he is thirsty.',
  ],
  iron: [
    'Iron in the bag: {count} of it, and it pulls to the north when I am not looking.',
    'This iron rang true, {other}, and the other piece only agreed with it.',
    'You cannot eat iron, but you can eat very well because of it.',
    'Carry iron for a mile, and you will know what you think of the person who ordered it.',
    'There is rust on this iron already. It is the sea; it wants everything back.',
  ],
  flour: [
    'I carry flour, {count} of it, and some more of it in my hair.',
    'This flour is so fine that it argues with the sieve, {other}.',
    'Flour on the doorstep, and small feet in it. I say nothing.',
    'Good flour squeaks. Squeeze it, {other}. There.',
    'A sack of flour is the only guest who never outstays the week.',
  ],
  rope: [
    'Rope, {count} of it. It is more than I need and less than I would like.',
    'Never trust a rope that somebody gives you for nothing, {other}.',
    'This rope has been wet and dry so often that it has opinions about the moon.',
    'A good rope remembers one knot. A bad one remembers all of them.',
    'Hold this end of the rope, {other}. No, I am not going to say why.',
  ],
  apples: [
    'Apples, {count} of them, and one is looking at me.',
    'Take the apple with the spot, {other}. The wasps are never wrong.',
    'These apples were picked on a Sunday. You can tell. They are smug.',
    'One of the apples has a worm, and I have decided to respect it.',
    'Apples keep until the spring, if nobody tells the children.',
  ],
  ale: [
    'Ale, {count} of it, and a thirst to go with each.',
    'The ale is thin today, {other}, but it is trying.',
    'They water the ale here with the sea. That is why it is never the same twice.',
    'A mug of ale in the right hand settles what the left hand did.',
    'I was saving this ale for a better day, {other}. Then I had a look at the day.',
  ],
  fish: [
    'Fish, {count} of them, and all surprised.',
    'This fish was alive when the bell rang, {other}. That is all I promise.',
    'You can tell the age of a fish by who is willing to stand next to you.',
    'A fish has no eyelids. It has seen the bottom of the harbour and could not look away.',
    'I wrapped the fish in a page of the ledger, {other}. Somebody is clear of his debts.',
  ],
  gold: [
    'I have {count} gold, and it is louder than it should be.',
    'I have {count} gold between me and the mud, {other}.',
    'Gold is only heavy when it is leaving.',
    'I counted my gold at {hour}. It came out the same, but it took longer.',
  ],
};
