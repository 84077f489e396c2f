const set = (words: string) => new Set(words.trim().split(/\s+/));

/** Words that no sentence is about. */
export const EMPTY_WORDS = set(`
  a about after again ago ah all already also always am among an and another any anybody anyone anything are as ask asked
  asks at away back be because been before behind being between both but buy by came can cannot come comes could day did
  do does doing done down each eight either else even ever every everybody everyone everything far few find first five
  for four from further get gets give gives go goes going gone got had half hand has have having he hear heard hello help
  her here hers him his how hundred i if in instead into is it its itself just keep keeps kind knew know known knows last
  least left less let like listen look looks lot lots made make makes many may maybe me mean mind mine more most much must
  my myself near nearly need never next nine no nobody none not nothing now of off often oh on once one only or other ours
  our out over own part people please put quite rather really right rest said same saw say says second see seen sell sells
  seven shall she should since six so some somebody someone something sort soon speak stand still such take talk tell ten
  than thank thanks that the their them then there these they thing things think third this those thought three through
  till to today together told too took two under until up us use very want wants was way we well went were what when
  where whether which while who whom whose why will with without would yes yet you your yours yourself
`);

/** Words that stand before a noun and do not name it. */
export const ADJECTIVES = set(`
  ancient bad first last left next own right second best better big bitter black blue bright broken clean cold crooked cut dark dead dear deep dry empty fat fine
  fresh full good grand great green grey happy heavy high honest large late little long lost low narrow new nice odd old
  open plain polite poor pretty proud quick quiet rich round rude sad salty secret sharp short silent small soft strange
  strong sweet tall thick thin tired true ugly warm wet white whole wide wild wise worn worst wrong young
`);

/** Empty words that are nouns after an article. */
export const HOMONYMS = set(
  'back day hand kind last like look mine mind part rest right second talk thing things thought well want',
);
