/** What people press under the answer to a request, after the delays that people have. */
import { SIZES } from '../../src/services/models/seedream.ts';
import type { Random } from '../kernel/random.ts';
import type { Act } from '../plan.ts';
import type { Character, Guild, Member } from './places.ts';
import { drawPrompt } from './prompts.ts';
import { drawCount, type Request } from './requests.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

type Press = Extract<Act, { kind: 'press' }>;

interface Scene {
  random: Random;
  request: Request;
  member: Member;
  guild: Guild;
  /** Whether one more job may be begun; each yes counts. */
  mayBegin: () => boolean;
  newMarker: (random: Random) => string;
}

/** A press so long after something; presses of one kind under one message are numbered. */
function press(
  { request, member }: Scene,
  button: string,
  after: number,
  {
    by = member.name,
    of = request,
    number = 1,
  }: { by?: string; of?: { id: string; at: number }; number?: number } = {},
): Press {
  const id = `${of.id}.${button}${number === 1 ? '' : number}`;
  return { id, at: Math.round(of.at + after), kind: 'press', member: by, of: of.id, button };
}

/** Opens the form that changes a request, and sends it. */
function edits(scene: Scene, opened: Press): Act[] {
  const random = scene.random.of('edit');
  const marker = scene.newMarker(random);
  const count = drawCount(random);
  const prompt = drawPrompt(random, { marker, count });
  const fields = { prompt, count: String(count), size: random.pick(SIZES) };
  const at = opened.at + Math.round(random.around(20 * SECOND, 0.8));
  return [
    opened,
    { id: `${opened.id}.send`, at, kind: 'send_form', member: opened.member, of: opened.id, fields, marker },
  ];
}

/** When the pictures will have come, as somebody feels it who looks in now and then. */
const comesBack = (random: Random) => random.around(6 * MINUTE, 0.9);

function patient(scene: Scene): Act[] {
  const { random } = scene;
  const back = comesBack(random);
  const acts: Act[] = [];
  if (random.chance(0.25) && scene.mayBegin()) acts.push(press(scene, 'again', back));
  if (random.chance(0.12)) acts.push(press(scene, 'seed', back + 5 * SECOND));
  if (random.chance(0.15) && scene.mayBegin()) acts.push(...edits(scene, press(scene, 'edit', back + 9 * SECOND)));
  if (random.chance(0.06)) acts.push(press(scene, 'remove', 2 * back));
  return acts;
}

function impatient(scene: Scene): Act[] {
  const { random } = scene;
  const soon = random.around(7 * SECOND, 1);
  const acts: Act[] = [];
  if (random.chance(0.6)) {
    acts.push(press(scene, 'cancel', soon));
    if (random.chance(0.5)) acts.push(press(scene, 'cancel', soon + random.next() * 3 * SECOND, { number: 2 }));
  }
  if (random.chance(0.4) && scene.mayBegin()) {
    const again = press(scene, 'again', random.chance(0.5) ? soon + 8 * SECOND : comesBack(random));
    acts.push(again);
    if (random.chance(0.4) && scene.mayBegin())
      acts.push(press(scene, 'again', again.at - scene.request.at + 300, { number: 2 }));
    if (random.chance(0.3)) acts.push(press(scene, 'cancel', 6 * SECOND, { of: again }));
  }
  if (random.chance(0.1)) acts.push(press(scene, 'remove', soon + 2 * MINUTE));
  return acts;
}

function hostile(scene: Scene): Act[] {
  const { random, guild, request } = scene;
  const victim = random.pick(guild.members).name;
  const hour = random.around(60 * MINUTE, 0.8);
  const acts: Act[] = [
    press(scene, random.pick(['cancel', 'remove', 'seed']), random.around(20 * SECOND, 1), { by: victim }),
  ];
  if (random.chance(0.5)) acts.push(press(scene, random.pick(['cancel', 'remove', 'deliver']), hour, { number: 3 }));
  if (random.chance(0.3) && scene.mayBegin()) acts.push(press(scene, 'again', hour + SECOND));
  if (random.chance(0.1))
    acts.push({
      id: `${request.id}.delete`,
      at: Math.round(request.at + hour),
      kind: 'delete_message',
      member: request.member,
      of: request.id,
    });
  return acts;
}

const CHARACTERS: Record<Character, (scene: Scene) => Act[]> = { patient, impatient, hostile };

/** Answers the question how many pictures were meant, where the prompt has another figure than the option. */
function answersCount(scene: Scene): Act[] {
  const { prompt, count } = scene.request.options;
  const [figure] = /\b\d{1,2}\b/.exec(String(prompt)) ?? [];
  const random = scene.random.of('count');
  if (figure === undefined || figure === String(count) || !random.chance(0.6)) return [];
  return [press(scene, `count${figure}`, random.around(6 * SECOND, 0.6))];
}

/** A moderator removes, or deletes the message by Discord's own menu. */
function moderates({ random, request, guild }: Scene): Act[] {
  const moderator = guild.members.find(({ role }) => role === 'moderator');
  const drawn = random.of('moderator');
  if (moderator === undefined || !drawn.chance(0.12)) return [];
  const by = { at: Math.round(request.at + drawn.around(4 * MINUTE, 1.5)), member: moderator.name, of: request.id };
  if (drawn.chance(0.4)) return [{ id: `${request.id}.deleted`, kind: 'delete_message', ...by }];
  return [{ id: `${request.id}.moderated`, kind: 'press', button: drawn.pick(['remove', 'cancel']), ...by }];
}

/** Looks in `/history` for what became of it, long after, and presses what is there. */
function looksBack({ random, request, mayBegin }: Scene): Act[] {
  const drawn = random.of('history');
  if (!drawn.chance(0.25)) return [];
  const id = `${request.id}.history`;
  const { member, guild, channel } = request;
  const at = Math.round(request.at + drawn.around(40 * MINUTE, 1));
  const others = drawn.chance(0.2) ? ['older'] : drawn.chance(0.4) && mayBegin() ? ['askagain'] : [];
  const presses = ['deliver', ...others].map((button, index): Act => {
    return { id: `${id}.${button}`, at: at + (6 + 7 * index) * SECOND, kind: 'press', member, of: id, button };
  });
  return [{ id, at, kind: 'command', command: 'history', member, guild, channel, options: {} }, ...presses];
}

/** Has enough of it when some of the pictures have come. */
function hasEnough({ random, request, member }: Scene): Act[] {
  const drawn = random.of('enough');
  if (!(Number(request.options['count']) > 2) || !drawn.chance(0.2)) return [];
  const at = Math.round(request.at + drawn.around(45 * SECOND, 0.7));
  return [{ id: `${request.id}.enough`, at, kind: 'press', member: member.name, of: request.id, button: 'cancel' }];
}

/** Comes back to what only they see when its reply can be written no more, and the rest of it came by direct message. */
function takesAwayLate({ random, request, member }: Scene): Act[] {
  const drawn = random.of('late');
  const { count, private: isPrivate } = request.options;
  if (isPrivate !== true || !(Number(count) > 6) || !drawn.chance(0.4)) return [];
  const at = Math.round(request.at + drawn.around(80 * MINUTE, 0.4));
  const press = { id: `${request.id}.late`, at, kind: 'press', member: member.name, of: request.id } as const;
  return [{ ...press, button: 'remove', ...(drawn.chance(0.6) && { oldest: true }) }];
}

/** Takes away what fills more than one message: what they alone see, or what stands where the bot may not look any more. */
function takesAway({ random, request, member }: Scene): Act[] {
  const drawn = random.of('away');
  const { count, private: isPrivate = false } = request.options;
  if (!(Number(count) > 10) || !drawn.chance(isPrivate === true ? 0.5 : 0.3)) return [];
  const id = `${request.id}.away`;
  const at = Math.round(request.at + 2 * comesBack(drawn));
  const press: Act = { id, at, kind: 'press', member: member.name, of: request.id, button: 'remove' };
  if (isPrivate === true || !drawn.chance(0.4)) return [press];
  const { channel } = request;
  return [
    { id: `${id}.hidden`, at: at - 5 * SECOND, kind: 'permissions', channel, lacking: ['ViewChannel'] },
    press,
    { id: `${id}.seen`, at: at + MINUTE, kind: 'permissions', channel, lacking: [] },
  ];
}

/** Has everything deleted that is kept of them, while it may be under way or later, and looks whether anything is still offered. */
function wantsDeleted({ random, request }: Scene): Act[] {
  const drawn = random.of('privacy');
  if (!drawn.chance(0.06)) return [];
  const id = `${request.id}.privacy`;
  const { member, guild, channel } = request;
  const at = Math.round(request.at + drawn.around(drawn.pick([40 * SECOND, 20 * MINUTE]), 1.5));
  const presses = ['erase', 'erasenow'].map((button, index): Act => {
    return { id: `${id}.${button}`, at: at + (3 + 4 * index) * SECOND, kind: 'press', member, of: id, button };
  });
  const types = (when: string, after: number): Act => {
    return { id: `${id}.${when}`, at: at + after, kind: 'complete', member, guild, channel, typed: '' };
  };
  return [
    { id, at, kind: 'command', command: 'privacy', member, guild, channel, options: {} },
    ...presses,
    types('before', 4 * SECOND),
    types('after', 11 * SECOND),
  ];
}

/** What was typed before the prompt was sent: earlier prompts are offered for it, one of which may be sent in its place. */
function typedBefore({ random, request }: Scene): Act[] {
  const drawn = random.of('typing');
  if (!drawn.chance(0.3)) return [];
  const { id, at, member, guild, channel } = request;
  const typed = drawn.pick(['', 'a', 'quiet']);
  const before = Math.max(0, at - 4 * SECOND);
  return [{ id: `${id}.typing`, at: before, kind: 'complete', member, guild, channel, typed }];
}

/** Everything that follows on a request, and the little that comes before. */
export function drawReactions(scene: Scene): Act[] {
  return [
    ...typedBefore(scene),
    ...CHARACTERS[scene.member.character](scene),
    ...answersCount(scene),
    ...moderates(scene),
    ...looksBack(scene),
    ...hasEnough(scene),
    ...takesAway(scene),
    ...takesAwayLate(scene),
    ...wantsDeleted(scene),
  ];
}
