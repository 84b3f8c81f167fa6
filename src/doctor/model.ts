/** What the bot makes of a model: whether RunComfy has it, the choices that members get, what is sent, the price. */
import type { Config } from '../config.ts';
import {
  buildBody,
  describeProblem,
  exampleRequest,
  knowModel,
  parseModel,
  pricePerImage,
  type ModelPage,
  type Profile,
} from '../services/models/models.ts';
import { note, ok, wrong, type Finding } from './finding.ts';
import { getWithToken, type HttpAnswer } from './get-with-token.ts';
import { errorCodeOf, REFUSED_KEY, refusesKey } from './runcomfy-answer.ts';

/** RunComfy's code for what it does not know. */
const NOT_FOUND = 404001;

/**
 * Reads a model's page, which costs nothing.
 *
 * @param id - as `RUNCOMFY_MODELS` names it.
 */
export async function checkModel({ runcomfy }: Pick<Config, 'runcomfy'>, id: string): Promise<Finding[]> {
  const answer = await getWithToken(`${runcomfy.base}/models/${id}`, `Bearer ${runcomfy.token}`);
  if (typeof answer !== 'string' && refusesKey(answer)) return [wrong('RunComfy', REFUSED_KEY)];
  if (typeof answer !== 'string' && answer.status === 404 && errorCodeOf(answer) === NOT_FOUND) {
    const where = 'choose one on www.runcomfy.com/models, and name it in RUNCOMFY_MODELS';
    return [wrong('model', `RunComfy has no model ${id}: ${where}.`)];
  }
  const page = typeof answer === 'string' || answer.status !== 200 ? undefined : parseModel(answer.body, id);
  const known = knowModel(id, page);
  if (known === undefined) {
    return [wrong('model', `${id}: ${noPage(answer)}, and without it the bot knows nothing of this model.`)];
  }
  const { profile, problems } = known;
  if (problems.length > 0) return problems.map((problem) => wrong('model', `${id}: ${describeProblem(problem)}.`));
  return [
    page?.schema === undefined
      ? note('model', `${profile.name} (${id}): ${noPage(answer)}; what follows is what the bot knows by itself.`)
      : ok('model', `${profile.name} (${id}): RunComfy has it, and the bot can ask for its pictures.`),
    ...describeModel(profile, page),
  ];
}

/** What keeps the bot from asking the models that it is set to; nothing where all is well. */
export async function checkModels(config: Pick<Config, 'runcomfy'>): Promise<Finding[]> {
  const findings = await Promise.all(config.runcomfy.models.map((id) => checkModel(config, id)));
  return findings.flat().filter(({ subject, verdict }) => subject === 'model' && verdict === 'wrong');
}

function noPage(answer: HttpAnswer | string): string {
  if (typeof answer === 'string') return `its page could not be read (${answer})`;
  return `its page says nothing that is known (HTTP ${answer.status})`;
}

function describeModel(profile: Profile, page: ModelPage | undefined): Finding[] {
  const source = page?.priceUsd === undefined ? 'by list, as its page does not say' : "by RunComfy's page";
  const request = JSON.stringify(buildBody(profile, exampleRequest(profile)));
  return [
    ok('price', `${pricePerImage(profile, page)} USD a picture, ${source}. PRICE_PER_IMAGE_USD overrules it.`),
    ok('options', `${optionsOf(profile).join('; ')}.`),
    ...referencesOf(profile),
    ok('request', request),
  ];
}

/** The options of `/seedream`, with what members can choose. */
function optionsOf({ text, number, imagesPerJob, size, seed, quality }: Profile): string[] {
  const { maxCharacters, maxWords } = text;
  const longest = [maxCharacters && `${maxCharacters} characters`, maxWords && `${maxWords} words`].filter(Boolean);
  const most = number === undefined ? 'one picture a request' : `up to ${Math.min(number.max, imagesPerJob)} a request`;
  return [
    `prompt: ${longest.length === 0 ? 'any length' : `at most ${longest.join(' and ')}`}`,
    `count: 1 to ${imagesPerJob}, ${most}`,
    size === undefined
      ? "size: none, the model's own"
      : `size: ${size.choices.map(({ value }) => (value === size.default ? `${value} (default)` : value)).join(', ')}`,
    seed === undefined ? 'seed: none' : `seed: 0 to ${seed.max}`,
    quality === undefined ? 'quality: none' : `quality: ${quality.choices.join(', ')}`,
  ];
}

function referencesOf({ id, references, editing }: Profile): Finding[] {
  if (references === undefined) {
    if (editing === undefined) return [];
    return [ok('references', `Pictures to start from go to ${editing}.`)];
  }
  const { min, max, maxBytes, formats } = references;
  const each = `${formats.join(', ')} of at most ${Math.floor(maxBytes / 1e6)} MB`;
  if (min === 0) return [ok('references', `Takes up to ${max} pictures to start from: ${each}.`)];
  return [
    note(
      'references',
      `${id} makes nothing without pictures to start from: ${min === max ? min : `${min} to ${max}`}, ${each}.`,
    ),
  ];
}
