/** A submit's body: the model's schema, and the rules that a schema can't say. */
import { checkBody, isObject } from '../models/check-body.ts';
import { fieldsOf } from '../models/fields.ts';
import type { Model } from '../models/model.ts';
import { checkNumberNamed, numberStated } from './number-named.ts';
import { readSize } from './size.ts';

export { checkNumberNamed } from './number-named.ts';

/** A valid input with its defaults filled in. */
export interface Input {
  text: string;
  images: number;
  /**
   * Views on one picture: a model that makes one picture, but is told of five, makes a picture of five, as members of other
   * tools complain.
   */
  views: number;
  /** Pixels. */
  width: number;
  height: number;
  /** The side of a square of as many pixels, where the first reference's ratio is to be taken. */
  side?: number;
  seed: number | undefined;
  standard: boolean;
  format: 'jpeg' | 'png';
  /** Addresses of the pictures it starts from. */
  references: string[];
}

const VIEWS_MAX = 16;

/** Reads a valid body; what it lacks gets the schema's default. */
function readInput(body: Record<string, unknown>, { inputSchema, renamed }: Model): Input {
  const fields = fieldsOf(inputSchema, renamed);
  const valueOf = (name: string | undefined) =>
    name === undefined ? undefined : (body[name] ?? inputSchema.properties[name]?.default);
  const text = valueOf(fields.prompt);
  const images = valueOf(fields.number);
  const seed = valueOf(fields.seed);
  const references = [valueOf(fields.references)].flat().filter((address) => typeof address === 'string');
  const prompt = typeof text === 'string' ? text : '';
  return {
    text: prompt,
    images: typeof images === 'number' ? images : 1,
    views: fields.number === undefined ? Math.min(Math.max(1, numberStated(prompt) ?? 1), VIEWS_MAX) : 1,
    ...readSize(fields.size.map(valueOf)),
    seed: typeof seed === 'number' ? seed : undefined,
    standard: valueOf(fields.quality) === 'standard',
    format: valueOf(fields.format) === 'png' ? 'png' : 'jpeg',
    references,
  };
}

/** What is wrong with a valid body by what the page says in words, or by what upstream refuses. */
function checkInput({ text, images, references }: Input, model: Model): string[] {
  const { inputSchema, renamed, namesNumber = false, promptCharacters = Infinity } = model;
  const { prompt = 'prompt', number, references: pictures = 'images' } = fieldsOf(inputSchema, renamed);
  const misnamed = namesNumber ? checkNumberNamed(text, images, { prompt, number: number ?? 'number' }) : undefined;
  const together = model.references?.withPictures ?? Infinity;
  return [
    ...(misnamed === undefined ? [] : [misnamed]),
    ...(Array.from(text).length > promptCharacters
      ? [`${prompt}: not less than ${promptCharacters + 1} characters`]
      : []),
    ...(references.length > 0 && references.length + images > together
      ? [`${pictures}: more than ${together} together with the images to generate`]
      : []),
  ];
}

/** Checks a parsed body and returns the input, or everything that is wrong with it. */
export function parseInput(body: unknown, model: Model): { input: Input } | { problems: string[] } {
  const problems = checkBody(body, model.inputSchema);
  if (problems.length > 0 || !isObject(body)) return { problems };
  const input = readInput(body, model);
  const more = checkInput(input, model);
  return more.length > 0 ? { problems: more } : { input };
}
