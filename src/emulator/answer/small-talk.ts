import { readable } from "../instance/evidence.ts";

/** What people say in passing, and what is said to it. Only messages that say nothing else are meant. */
const ANSWERS: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:(?:hi|hello|hey)(?: there)?[,!. ]*)?how(?: are|'re) (?:you|things)(?: doing)?(?: today)?$/i,
    "I am well, thank you: nothing ever changes offline. What can I do for you?",
  ],
  [
    /^(?:many thanks|thanks|thank you|thx|cheers)(?: (?:a lot|so much|very much|for .{1,40}))?$/i,
    "You are welcome! Is there anything else that I can do for you?",
  ],
  [/^(?:bye|goodbye|good bye|good night|see you(?: later| soon)?|farewell)$/i, "Goodbye! It was nice to talk to you."],
  [
    /^(?:(?:so,? )?what can you do|what are you (?:good )?for|help|how can you help(?: me)?)$/i,
    "I stand in for a real model while you build: I answer in its form, call your tools, fill in JSON schemas, stream, " +
      "reason and fail on demand. What I say means little, because I am a very small language model.",
  ],
  [
    /^(?:please )?(?:tell|give) me a(?:nother)? (?:\w+ )?joke(?: about .{1,60})?$/i,
    "Why did the token cross the stream? To get to the other side of the comma.",
  ],
  [/^(?:test|testing|ping|this is a test)$/i, "The test has arrived, and this is its answer."],
];

/** The same sentence in languages that the model has not learnt, by words or letters that are common in them. */
const LANGUAGES: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Hiragana}|\p{Script=Katakana}/u, "私はオフラインのエミュレーターで、日本語はほとんど話せません。"],
  [/\p{Script=Han}/u, "我是一个离线模拟器，只会说一点中文。"],
  [/\p{Script=Hangul}/u, "저는 오프라인 에뮬레이터이고 한국어를 거의 못합니다."],
  [/\p{Script=Cyrillic}/u, "Я автономный эмулятор и почти не говорю на этом языке."],
  [/\p{Script=Arabic}/u, "أنا محاكٍ يعمل دون اتصال ولا أتكلم العربية إلا قليلا."],
  [/\p{Script=Devanagari}/u, "मैं एक ऑफ़लाइन एमुलेटर हूँ और बहुत कम हिन्दी बोलता हूँ।"],
  [
    /\b(?:ich|nicht|und|wie|was|ist|der|das|bitte|über|dir|geht|hallo|guten)\b/giu,
    "Ich bin der Offline-Emulator und spreche nur wenige Wörter Deutsch. Für Größeres gibt es echte Modelle.",
  ],
  [
    /(?<!\p{L})(?:je|est|une|les|pas|vous|quelle|quel|bonjour|être|où|s'il|merci|comment)(?!\p{L})/giu,
    "Je suis l'émulateur hors ligne et je parle très peu français. À bientôt avec un vrai modèle !",
  ],
  [
    /(?<!\p{L})(?:el|los|una|cuál|qué|cómo|hola|por|está|gracias|para|dónde|es)(?!\p{L})/giu,
    "Soy el emulador sin conexión y hablo muy poco español. ¡Hasta pronto con un modelo de verdad!",
  ],
  [
    /(?<!\p{L})(?:il|che|sono|perché|ciao|come|quale|della|grazie|è|dove)(?!\p{L})/giu,
    "Sono l'emulatore offline e parlo pochissimo italiano.",
  ],
  [
    /(?<!\p{L})(?:você|não|uma|olá|obrigado|qual|é|como|para|está)(?!\p{L})/giu,
    "Sou o emulador offline e falo muito pouco português.",
  ],
];

// One such word may be a name; two in one message are a language.
const LEAST_WORDS = 2;
const ENGLISH = /\b(?:the|of|is|are|in|to|and|what|how|you|me|write|tell|please|with|for)\b/gi;

/** The answer to a message of small talk, or in a language other than English; `undefined` for anything else. */
export function smallTalk(message: string): string | undefined {
  const text = readable(message).trim();
  const said = text.replaceAll(/[.!?,;\s]+$/g, "").replaceAll(/\s+/g, " ");
  const answer = ANSWERS.find(([pattern]) => pattern.test(said))?.[1];
  return answer ?? foreignAnswer(text);
}

function foreignAnswer(text: string): string | undefined {
  const english = text.match(ENGLISH)?.length ?? 0;
  let best: { readonly answer: string; readonly words: number } | undefined;
  for (const [pattern, answer] of LANGUAGES) {
    const letters = !pattern.global;
    const words = letters ? (pattern.test(text) ? LEAST_WORDS : 0) : (text.match(pattern)?.length ?? 0);
    if (words >= LEAST_WORDS && words > english && words > (best?.words ?? 0)) best = { answer, words };
  }
  return best?.answer;
}
