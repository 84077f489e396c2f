/** Ways to take up what `{name}` said a moment ago. `{topic}` is what it was about. */
export const REPLIES = [
  '{Topic}, {name}? ',
  '{name} has {topic} on the mind. ',
  'I heard you, {name}: {topic}. ',
  'There is more to {topic} than {name} lets on. ',
  'You say {topic}, {name}, and I say: ',
  'Leave {topic} be, {name}. ',
  '{name} would talk of {topic} in a flood. ',
  'It is always {topic} with you, {name}. ',
  'Funny that {name} should bring up {topic}. ',
  'So it is {topic} now, {name}? ',
  'Half of what {name} says of {topic} is true. ',
  '{Topic} again. I blame {name}. ',
  '{Topic}? ',
  '{Topic}, then. ',
  'On {topic} I will say one thing: ',
  'Yes, {topic}. ',
  'Ah, {topic}. ',
  'If it were only {topic}. ',
  'I was just thinking of {topic}. ',
  'No more of {topic}, please. ',
  'Before we come to {topic}: ',
  'That is not {topic}, that is the excuse. ',
];

/** Ways to take up a question. `{name}` is who asks, `{topic}` what the question is about. */
export const TAKE_UPS = [
  '{Topic}? You had better sit down, {name}. ',
  'You ask me about {topic}, {name}, here at {place}? ',
  'So you come to me for {topic}, {name}. ',
  '{Topic}, {name}? I will tell you what I know, and it is short. ',
  'Nobody has asked me about {topic} since the flood, {name}. ',
  'I thought about {topic} on my round, {name}. ',
  'Softly, {name}. One does not speak of {topic} at {place}. ',
  'If it is {topic} you want, {name}, ask before the tide does. ',
  'About {topic} I have only my own opinion, {name}. ',
  'You and your {topic}, {name}. ',
  '{Topic}: well, {name}. ',
  'My grandmother had a saying about {topic}, {name}. It was this: ',
  'Of {topic} I say nothing, {name}, except: ',
  '{Topic}? ',
  'Now, {topic}. ',
  'Not {topic} again. ',
  'That is the second time today that somebody has asked after {topic}. ',
];

/** Ways to take up a question that has no word in it. */
export const SHRUGS = [
  'You ask me that, {name}, at {place}? ',
  'I saw your lips move, {name}. ',
  'That is a look, {name}, and not a question. ',
  'Say it again, {name}, with more words in it. ',
  'I will answer what you meant, {name}. ',
  'A fair question, {name}, whatever it was. ',
  'Hm? ',
  'I was elsewhere for a moment. ',
];

/** Between a take-up and a remark about something else. */
export const TURNS = [
  'All I know is this: ',
  'And yet: ',
  'But hear this. ',
  'It puts me in mind of something. ',
  'I can only say: ',
  'Then again: ',
  'Meanwhile: ',
  '',
];
