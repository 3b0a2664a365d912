export const WORK_PARAGRAPHS: readonly string[] = [
  `A program is a list of decisions. Write the program for the person who will read it, and let the machine take care of
  itself. Give every function one task and a name that says what the task is. When a function needs a long comment, it usually needs
  a better name.`,
  `Testing is a way of thinking before the trouble comes. A good test states a fact about the program, and it fails when the
  fact is no longer true. Write the test first when you know what you want. Write the test later when you do not know it
  yet, but write it.`,
  `A bug is a belief that turned out to be wrong. Do not look for the bug in the place where you see it, but in the place where the
  belief began. Make the error happen again, make it small, and change one thing at a time. When the bug is gone, ask what else
  you believe for the same reason.`,
  `A server waits for a request and sends a response. Between the two it reads the headers, checks the key, and asks a
  database or another server. A good server says what went wrong in plain words. It never waits for ever, it never trusts the
  length that the client has told it, and it closes what it has opened.`,
  `A stream is a river of bytes. You read a part of the stream, you work on it, and you let it go. Whoever keeps the
  whole stream in memory has built a lake. When the reader is slow, the writer has to wait, and when the reader leaves, the
  writer has to stop.`,
  `A worker at the edge of the network runs close to the user. It starts in a few milliseconds, answers the request, and
  is gone. It has little memory and little time, so it should do little work. Let the data flow through it, and it will serve the whole
  world from a hundred cities.`,
  `A cache is a promise that the answer has not changed. The hard part is to know when the promise is broken. Give every entry an
  age, keep the cache small, and measure how often it helps. A cache that nobody measures is a bug with good manners.`,
  `A database remembers what the program forgets. Choose the key with care, because everything else hangs on it. An index makes
  reading fast and writing slow. A backup that was never restored is only a hope.`,
  `A language model predicts the next word from the words before it. It has read a large amount of text and has learned which
  words follow which. The temperature decides how brave it is. At a low temperature the model takes the most likely word, and at
  a high temperature it also takes words that nobody expects.`,
  `A token is a piece of a word. Models read tokens and write tokens, and they are paid by the token. A short common word is one token,
  a long rare word is three or four. The context window is the number of tokens that a model can see at the same time.`,
  `A good question is half of the answer. Say what you want to know, say what you know already, and give an example. When you ask a
  model, give it a role, a task and a form for the answer. When the answer is wrong, the question can usually be made better.`,
  `An agent is a model with tools. It reads the task, chooses a tool, looks at the result, and decides what to do next. The
  tools should be few and their names should be clear. An agent needs a limit for its steps, because it does not know when to
  be tired.`,
  `Security begins with the question of who may do what. Keep the keys out of the code, give every key the smallest right
  that is enough, and change the keys from time to time. Never write a password into a log. What the client sends is a wish and not
  a fact.`,
  `A network is a set of machines that cannot trust each other's clocks. Messages arrive late, arrive twice, or do not arrive at all. So every
  request should have a limit, every step should be safe to repeat, and every error should say whether it is worth
  trying again.`,
  `Good teams write things down. A short note about a decision, with its reasons, saves a long meeting in a year. Say what you
  decided, say what you decided against, and say what would change your mind. Then put the note where the next person will find
  it.`,
  `A meeting needs a question. If there is no question, there is no meeting, and everybody can go back to work. Invite the people who
  can answer the question, stop when it is answered, and write the answer down. Half an hour is enough for most questions.`,
  `Learning a language takes two years and then the rest of your life. Begin with the hundred most common words. Listen
  every day, speak from the first week, and do not be afraid of mistakes. A mistake that makes people smile is a word that
  you will never forget.`,
  `Mathematics is the art of saying exactly what you mean. A proof is a path that anybody can walk. Start with an example, look for what stays the same,
  and write down the rule. If you cannot explain the rule to a child, you have not yet found it.`,
  `A number tells nothing without its unit and its range. Ask how it was measured, how often, and by whom. Two numbers that
  move together may have a common cause, or no cause at all. The median is often more honest than the mean.`,
  `Good writing is mostly cutting. Say one thing in one sentence. Take the short word, take the active verb, and take out the
  word that says nothing. Read the text aloud. Where you run out of breath, the reader runs out of patience.`,
  `A design is finished when there is nothing left to take away. Begin with the person who will use the thing, not with the thing.
  Draw it on paper, because paper is cheap. Show it early, listen to the silence after the question, and change the part
  that you like best.`,
  `A machine should be repaired before it breaks. Listen to it, clean it, and oil it where metal moves on metal. Keep a list of what
  you did and when. The next person who opens the machine may be you, and you will not remember anything.`,
  `A small team can build a large thing if it builds it in small steps. Every step should work by itself. Every step should be shown to
  somebody who needs it. The plan will change after every step, and that is the reason for the steps.`,
  `The first version of a product should do one thing well. People forgive what is missing, but they do not forgive what is broken. Answer every
  letter from the first hundred users. They will tell you what to build next, and they will tell it to their friends.`,
  `A code review is a conversation about the future of the code. Ask before you judge. Praise what is good, because it
  shows what to repeat. Say which remarks must be followed and which are a matter of taste. A review on the same day is worth more
  than a perfect review next week.`,
];
