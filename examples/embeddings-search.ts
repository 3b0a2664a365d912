/**
 * Search by meaning: the documents and the question become vectors, and the nearest documents are shown.
 *
 *     npx node examples/embeddings-search.ts "How do I get my money back?"
 */
import OpenAI from "openai";
import { connection } from "./connection.ts";

const client = new OpenAI(connection);
const model = process.env["MODEL"] ?? "@cf/baai/bge-m3";
const question = process.argv[2] ?? "How do I get my money back?";
const SHOWN = 3;

const documents = [
  "You get your money back if you return the goods within 30 days.",
  "Parcels leave our warehouse on the day of the order, until 3 p.m.",
  "The warranty of all devices is two years.",
  "Our shop in Lisbon is open from Monday to Saturday.",
  "Invoices are sent by e-mail and can be downloaded for ten years.",
  "To reset your password, follow the link on the login page.",
];

const { data } = await client.embeddings.create({ model, input: [question, ...documents] });
const [asked = [], ...vectors] = data.map(({ embedding }) => embedding);

function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
}

/** The cosine of the angle between two vectors: 1 for the same direction. */
function similarity(left: readonly number[], right: readonly number[]): number {
  return dot(left, right) / Math.sqrt(dot(left, left) * dot(right, right));
}

const ranked = documents
  .map((document, index) => ({ document, score: similarity(asked, vectors[index] ?? []) }))
  .toSorted((one, other) => other.score - one.score);
for (const { document, score } of ranked.slice(0, SHOWN)) console.log(score.toFixed(3), document);
