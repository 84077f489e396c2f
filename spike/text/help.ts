/** Every command, one per line. */
export const COMMANDS = `look (l)                 where you are, and who is here
go DIRECTION             or the direction alone: north, n
say WORDS                or 'WORDS
ask NAME QUESTION        make somebody think; the answer comes later. Quotes end a name
give [N] GOOD to NAME    to somebody who is here
trade                    what the stall here offers
buy [N] GOOD [for GOLD]  for at most so much; \`for 0\` asks the price
sell [N] GOOD [for GOLD] for at least so much
inventory (i)            what you have
who                      how many live in this world, and who plays
watch NAME, watch off    follow somebody from afar
help (?), quit (q)`;
