export const DAILY_PARAGRAPHS: readonly string[] = [
  `A good soup begins with onions. Cut them small, warm a little oil in a heavy pot, and let the onions soften until
  they are sweet. Add carrots, celery and a spoon of salt. Pour in the water, bring the pot to a slow boil, and let the
  soup cook until the carrots are soft. Taste it before you serve it, because salt is easy to add and hard to take away.`,
  `Bread needs only flour, water, salt and time. Mix the flour with the water and leave the dough to rest for half an
  hour. Fold the dough a few times, let it rise until it is twice as large, and bake the bread in a hot oven. The bread is done
  when the crust is dark and the loaf sounds hollow. A loaf that is cut too early will be wet in the middle.`,
  `Rice is simple to cook when you know the rule. Wash the rice until the water is clear, use two cups of water for one cup
  of rice, and keep the lid on the pot. When the water is gone, turn off the heat and let the rice rest for ten minutes.
  A fork makes it light again.`,
  `Coffee tastes best when the beans are fresh and the water is not quite boiling. Grind the beans just before you need them.
  If the coffee is bitter, use a coarser grind or less time. If it is sour, use a finer grind or hotter water. Clean the
  machine once a week, because old oil spoils the taste.`,
  `Tea is older than coffee and asks for more patience. Green tea wants cooler water and a short time. Black tea wants
  boiling water and four minutes. Many people drink tea with milk, and some people drink it with lemon, but nobody should
  drink it with both.`,
  `A small garden can feed a family for a summer. Plant the beans in May, when the soil is warm, and give them a stick to
  climb on. Tomatoes need sun for most of the day and water at the root. Lettuce grows best in the shade of taller plants.
  In the autumn, cover the soil with leaves, and the worms will do the rest of the work.`,
  `Roses are not as difficult as people say. Cut them back in the early spring, just above a bud that looks outward. Give
  them compost and a deep drink of water once a week. Take off the old flowers, and new flowers will come until the first
  frost.`,
  `The best time to water the garden is the early morning. In the heat of the day the water is gone before it reaches the
  roots, and in the evening wet leaves invite mildew. Water slowly and deeply. A plant that gets a little water every day
  grows weak roots, and a plant that gets a lot of water now and then grows strong roots.`,
  `Trees grow slowly, but they change a street more than any building. They cool the air, they hold the rain, and they give
  the birds a place to sing. Plant a tree in the autumn, water it for two summers, and after that it will look after itself.`,
  `A healthy day does not need a plan for every minute. Sleep for seven or eight hours, walk for half an hour, and eat
  something green. Drink water when you are thirsty. Put the phone in another room before you go to bed, and the morning will
  be easier.`,
  `Running is the simplest sport. You need a pair of shoes and a road. Start slowly, run for ten minutes, and walk when you are
  out of breath. After a month you will run for half an hour without a pause. Rest is a part of the training, not a break
  from it.`,
  `A long walk is good for the mind. The first ten minutes are for the noise of the day, the next ten minutes are for nothing at
  all, and after that the good ideas come. Take a small notebook with you, because the good ideas leave as quickly as they
  come.`,
  `Music is made of time and silence. A song begins with a rhythm, the rhythm carries a melody, and the melody carries the
  words. You learn to play the piano as you learn to speak: first you listen, then you repeat, and one day you say something of
  your own. Ten minutes of practice every day are better than two hours on a Sunday.`,
  `A good book is a door. On the first page you stand in your own room, and on the last page you come home from a long
  journey. Read slowly where the words are beautiful and quickly where they are not. A book that does not speak to you today
  may speak to you in ten years.`,
  `The old house stood at the end of the road, and nobody had opened its door for years. One evening a girl with a small
  lamp walked up to the door and knocked. The house was silent for a while. Then a voice behind the door asked who was
  there. The girl said that she had come for the map. The door opened slowly, and the light of the lamp fell on a long
  table full of paper.`,
  `Once there was a lighthouse keeper who wrote a letter to the sea every night. He told the sea about the ships, about the wind
  and about the bread that he had baked. The sea never answered, but every morning there was a new shell at the foot
  of the stairs. When the keeper was old, he had shells enough to cover the whole floor, and he knew that he had never been
  alone.`,
  `A young fox lived near the river and wanted to learn how to swim. The ducks laughed at the fox, and the fish hid
  from it. Every day the fox went a little deeper into the water. When the spring flood came, the fox swam across the river and
  carried a small duck back to the land. After that nobody laughed.`,
  `A market in the morning is the best map of a town. You can see what grows near the town, what the people cook, and what
  they talk about. The baker knows everybody. The woman with the cheese knows which farmer is late. Buy something small,
  ask a question, and the market will answer.`,
  `When you invite people to dinner, choose one dish that you know well and one dish that is new. Set the table early.
  Cook what can wait before the guests come, and cook what cannot wait while they talk. Nobody remembers a late dinner, but
  everybody remembers a cook who was never at the table.`,
  `A cat sleeps for most of the day and hunts for the rest of it. It needs clean water, a warm place and a window. A dog
  needs company more than anything else. Walk the dog twice a day, be patient, and say the same word for the same thing. A
  dog that is bored will find work, and you will not like the work that it finds.`,
  `Cleaning is easier when it is done a little at a time. Wash the dishes after the meal, put the clothes away before you go to
  bed, and open the window every morning. A box for things that have no place is useful, as long as you empty the box once a
  month.`,
  `Money is a quiet subject until it is missing. Write down what you spend for one month, and you will see where it
  goes. Put a part of the money away on the first day of the month, not on the last. A good plan is boring, and that is the
  reason why it works.`,
  `A letter of thanks should be short. Say what you received, say what it means to you, and say when you hope to meet
  again. Write it by hand if you can. People keep such letters for years, and they read them again on the days when
  nothing works.`,
  `A recipe is a story with a happy ending. It tells you who the actors are, what happens to them, and how long everything takes. Read
  the whole recipe before you start. Weigh the flour, warm the oven, and put the butter on the table an hour early.`,
  `A pancake needs one egg, one cup of milk, one cup of flour and a pinch of salt. Mix everything until it is smooth and let it
  rest. The first pancake is always wrong. The second one tells you how hot the pan should be, and the third one is for the
  guests.`,
];
