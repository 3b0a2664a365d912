export const WORLD_PARAGRAPHS: readonly string[] = [
  `The weather in the north is decided by the sea. Warm water moves along the coast, the air above it rises, and the wind
  carries the rain over the land. In the winter the rain turns into snow on the hills. In the summer the days are long and
  the evenings are cool, and the weather changes so often that people talk about nothing else.`,
  `A cloud is water that has forgotten how to fall. The sun warms the sea, the water rises as vapour, and high in the
  cold air the vapour turns into tiny drops. When the drops are heavy enough, they fall as rain. When the air is very
  cold, they fall as snow.`,
  `Wind is air on its way from high pressure to low pressure. Near the sea the wind blows from the water to the land during
  the day, because the land is warmer, and from the land to the water during the night. Sailors have known this for
  thousands of years, and the weather forecast still begins with it.`,
  `A storm gives signs before it comes. The air grows still, the birds fly low, and the clouds in the west turn dark. Stay
  away from single trees and open water. Count the seconds between the lightning and the thunder: three seconds are
  about one kilometre.`,
  `The moon goes around the earth in a little less than a month. It shows us always the same side, because it turns exactly
  as fast as it travels. When the moon stands between the sun and the earth, we have a new moon, and when the earth stands
  between the sun and the moon, the moon can grow dark and red for an hour.`,
  `The sun is a star, and a star is a ball of gas that is hot enough to shine. In the middle of the sun, small atoms become
  larger atoms, and the rest of their mass becomes light. The light needs eight minutes for the way to the earth. The
  light of the next star needs more than four years.`,
  `A planet does not shine by itself. It is seen because the light of the sun falls on it. Venus is the brightest
  planet in the evening sky, Mars is red, and Jupiter has four moons that you can see with a small telescope. Saturn has a ring of
  ice and dust, and nobody forgets the first time that they see it.`,
  `Astronomy is the oldest science, because the night sky is open for everybody. The first astronomers counted days and
  months. Later they measured angles, then colours, and today they listen to the slow waves of heavy stars. Every new
  telescope has shown something that nobody had asked for.`,
  `A galaxy is a city of stars. Our own galaxy has more than a hundred billion stars, and most of them have planets. The
  galaxies move away from each other, and the farther away a galaxy is, the faster it moves. From this we know that the
  universe was once very small and very hot.`,
  `A city is a promise between strangers. People live close together, share the streets and the water, and trust that the
  trains will come. A good city has short ways, safe streets and many small parks. You can learn a city by
  its bridges, because every bridge was once an argument.`,
  `Paris lies on the river Seine, and the river is still the best street of the city. In the morning the bakers open their doors, and the
  smell of bread fills the narrow streets. The museums are full in the summer and quiet in the winter. Walk from the old
  island to the tower, and you will have seen a thousand years in an hour.`,
  `London is a city of villages. Every village has its own market, its own park and its own weather. The river Thames
  divides the city into north and south, and the people of the north and the people of the south tell jokes about each
  other. The buses are red, the tea is strong, and the rain is mostly light.`,
  `Rome was not built in a day, and it was never finished. Under every street there is an older street. The fountains have
  given water for two thousand years. Eat late, walk slowly, and look up, because the best part of the city is above the
  doors.`,
  `Tokyo is the largest city in the world and one of the quietest. The trains arrive on the second. Between the high towers there
  are small gardens, and in the gardens there are old trees that are held up by sticks. In the spring the whole city
  waits for the cherry trees.`,
  `Berlin has more bridges than Venice and more trees than most forests. The city was divided for many years, and you can
  still see the line where the wall stood. Today the people sit in the parks until midnight, and the lakes around the city
  are warm enough to swim from June to September.`,
  `Madrid wakes up late and goes to bed late. At noon the sun is so strong that the streets are empty, and at midnight the squares are full
  of children. The city lies high above the sea, so the winter is cold and the summer is dry.`,
  `New York is an island of towers. The streets have numbers instead of names, and you are never lost for long. People walk
  quickly, speak directly, and help you if you ask. In the middle of the island there is a park that is larger than some towns.`,
  `A river begins as a small spring in the hills. It takes up rain and snow, turns the wheels of old mills, and gives
  water to the fields. Near the sea the river grows slow and wide. Where the river meets the sea, the water is neither fresh nor
  salt, and many birds rest there on their long way to the south.`,
  `Mountains are young when they are high and old when they are round. The rain and the ice carry them down to the sea, one grain of
  sand at a time. A path in the mountains should be started early. Take water, bread and a warm coat, and tell somebody where
  you are going.`,
  `The sea covers most of the earth, and we have better maps of Mars than of its floor. In the deep water there is no
  light, and the animals make their own. The sea stores heat in the summer and gives it back in the winter, and so it
  decides about the weather on land.`,
  `Birds find their way by the sun, by the stars and by the lines of the earth's own magnet. A swallow that weighs no more than a
  letter flies from Africa to Europe every spring and comes back to the same roof. Nobody has shown it the way.`,
  `Bees live in a city of their own. A bee that has found a field of flowers dances for the others, and the dance tells them the
  direction and the distance. One spoon of honey is the work of twelve bees for their whole life. Without the bees the gardens
  would have no apples.`,
  `A forest is a market under the earth. The roots of the trees are joined by fine threads of fungi, and through the
  threads they trade sugar for water. An old tree feeds the young trees in its shade. When a forest is cut down, the
  market closes, and it takes a hundred years to open again.`,
  `A train is the friendliest way to travel. You see the land as it changes, you can read or sleep, and you arrive in the middle of
  the city. Choose a seat at the window on the side of the sea. Bring a little more bread than you need, because somebody on
  the train will be hungry.`,
  `Travel light. Take one bag, two pairs of shoes and three shirts. Learn to say please, thank you and good morning in the
  language of the country. Leave one day of every week without a plan, because the best hour of a journey is never in the
  plan.`,
  `History is written by people who kept their letters. Most of what happened was never written down, and most of what was written
  down was lost. So a historian works like a detective: a coin, a wall and the bill of a baker can tell more than the speech of a
  king.`,
  `Water boils at a lower temperature in the mountains, because the air presses less on it. That is why rice takes longer there.
  Ice is lighter than water, so it floats, and the fish in the lake live through the winter under it. Almost everything else
  grows heavier when it freezes.`,
  `Light is a wave and a particle, and it does not care what we call it. It travels faster than anything else. White light
  is made of all the colours, and a drop of rain is enough to take it apart. That is the whole secret of the rainbow.`,
];
