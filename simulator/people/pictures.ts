/** Requests that start from pictures: of files, of somebody's message, of a gallery; and what becomes of those pictures meanwhile. */
import { SIZES } from '../../src/services/models/seedream.ts';
import type { Random } from '../kernel/random.ts';
import type { Act } from '../plan.ts';
import { WITHOUT_PICTURES } from '../world/runcomfy/runcomfy.ts';
import type { Guild, Member } from './places.ts';
import { drawPrompt } from './prompts.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Scenes a history at most, by how often pictures are asked for in it. */
const RARER = 6;

interface Scene {
  random: Random;
  id: string;
  at: number;
  guild: Guild;
  member: Member;
  channel: string;
  models: readonly string[];
  newMarker: (random: Random) => string;
}

/** Numbers of pictures of a request that starts from some: few, but for those that are too many together with them. */
const drawCount = (random: Random) => (random.chance(0.85) ? random.integer(1, 4) : random.integer(12, 15));

/** Files of one act: each has a name that no other has, which says what it is. */
function drawFiles(random: Random, act: string, number: number): string[] {
  return Array.from({ length: number }, (_, index) => {
    const kind = random.chance(0.06) ? `${random.pick(['heavy', 'vast', 'strip'])}-` : '';
    const ending = random.chance(0.04) ? 'gif' : random.pick(['png', 'jpg', 'webp']);
    return `${kind}${act.replaceAll('.', '_')}_${index + 1}.${ending}`;
  });
}

/** When somebody comes back to their pictures: soon, or much later. */
const comesBack = (random: Random) => random.around(random.chance(0.5) ? 6 * MINUTE : 80 * MINUTE, 0.8);

/** Text and number as they are typed into a command or a form. */
function drawText({ random, newMarker }: Scene) {
  const marker = newMarker(random);
  const count = drawCount(random);
  return { marker, count, prompt: drawPrompt(random, { marker, count }) };
}

/** `/seedream`, from some pictures or from none. */
function command(scene: Scene, files: readonly string[]): Act {
  const { random, id, at, guild, member, channel, models } = scene;
  const { marker, count, prompt } = drawText(scene);
  const options = {
    prompt,
    count,
    ...(random.chance(0.3) && { private: true }),
    ...(random.chance(0.15) && { spoiler: true }),
    ...(models.length > 1 && random.chance(0.3) && { model: random.pick(models) }),
    ...Object.fromEntries(files.map((file, index) => [`picture${index === 0 ? '' : index + 1}`, file])),
  };
  const where = { member: member.name, guild: guild.name, channel };
  return { id, at, kind: 'command', command: 'seedream', ...where, options, marker };
}

/** Sends the form that an act opened. */
function sends(scene: Scene, opened: { id: string; at: number }, pictures: { pictures?: string; files?: string }): Act {
  const { random, member } = scene;
  const { marker, count, prompt } = drawText(scene);
  const fields = { prompt, count: String(count), ...(random.chance(0.3) && { size: random.pick(SIZES) }), ...pictures };
  const at = Math.round(opened.at + random.around(20 * SECOND, 0.8));
  return { id: `${opened.id}.send`, at, kind: 'send_form', member: member.name, of: opened.id, fields, marker };
}

/** The same once more, or with changes, once the first has come. */
function further(scene: Scene, of: { id: string; at: number }): Act[] {
  const { member } = scene;
  const random = scene.random.of('further', of.id);
  const at = Math.round(of.at + comesBack(random));
  const press = (button: string, after = 0): Act & { kind: 'press' } => {
    return { id: `${of.id}.${button}`, at: at + after, kind: 'press', member: member.name, of: of.id, button };
  };
  const acts: Act[] = [];
  if (random.chance(0.5)) acts.push(press('again'));
  if (random.chance(0.3)) {
    const edit = press('edit', 15 * SECOND);
    const pictures = random.pick(['same', 'same,1', '1', '']);
    const files = random.chance(0.3) ? drawFiles(random, edit.id, random.pick([1, 2, 10])).join(',') : '';
    acts.push(edit, sends({ ...scene, random }, edit, { pictures, files }));
  }
  if (random.chance(0.15)) acts.push(press('seed', 40 * SECOND));
  return acts;
}

/** An admin bars pictures to start from, and resets all that is set before somebody gives some. */
function barredBefore({ random, id, at, guild, channel }: Scene): Act[] {
  const drawn = random.of('barred');
  const admin = guild.members.find(({ role }) => role === 'admin');
  if (admin === undefined || !drawn.chance(0.12)) return [];
  const used = { kind: 'command', command: 'limits', member: admin.name, guild: guild.name, channel } as const;
  const reset = Math.max(0, at - drawn.around(3 * MINUTE, 0.6));
  return [
    { id: `${id}.bar`, at: Math.round(0.9 * reset), ...used, options: { subcommand: 'pictures', allow: false } },
    { id: `${id}.reset`, at: Math.round(reset), ...used, options: { subcommand: 'reset' } },
  ];
}

/** Files with the command. */
function gives(scene: Scene): Act[] {
  const { random, id } = scene;
  const asked = command(scene, drawFiles(random, id, random.integer(1, 3)));
  return [...barredBefore(scene), asked, ...further(scene, asked)];
}

/** The menu of a message that somebody has posted, and may delete again. */
function edits(scene: Scene): Act[] {
  const { random, at, guild, member, channel } = scene;
  const id = `${scene.id}.post`;
  const author = random.pick(guild.members).name;
  const files = drawFiles(random, id, random.integer(1, 3));
  const posted: Act = { id, at, kind: 'post', member: author, guild: guild.name, channel, files };
  const opened = { id: `${scene.id}.menu`, at: Math.round(at + random.around(2 * MINUTE, 1)) };
  const used: Act = { ...opened, kind: 'message_command', command: 'Edit with Seedream', member: member.name, of: id };
  const sent = sends(scene, opened, { pictures: random.pick(['1', '1,2', '2,1', '1,2,3']) });
  const goes = random.chance(0.3)
    ? [{ at: Math.round(sent.at + random.around(5 * SECOND, 1.5) - 5 * SECOND), member: author, of: id }]
    : [];
  const deleted = goes.map((each): Act => ({ id: `${id}.deleted`, kind: 'delete_message', ...each }));
  return [posted, used, sent, ...deleted, ...further(scene, sent)];
}

/** A gallery's own pictures: by its select, by Edit, by its menu. The gallery may go meanwhile. */
function goesOn(scene: Scene): Act[] {
  const { random, guild, member } = scene;
  const asked = command(scene, []);
  const at = Math.round(asked.at + comesBack(random));
  const by = { at, member: random.chance(0.7) ? member.name : random.pick(guild.members).name, of: asked.id };
  const own = { ...scene, member: { ...member, name: by.member } };
  const [use, edit, menu] = ['use', 'edit', 'menu'].map((way) => `${asked.id}.${way}`) as [string, string, string];
  const opened = random.pick([
    { id: use, kind: 'choose', ...by, select: 'use', choice: random.integer(1, 3) },
    { id: edit, kind: 'press', ...by, button: 'edit' },
    { id: menu, kind: 'message_command', command: 'Edit with Seedream', ...by },
  ] as const satisfies Act[]);
  // What stands chosen in the form of the select is left so, mostly.
  const pictures =
    opened.kind === 'choose' && random.chance(0.6) ? {} : { pictures: random.pick(['1', '2,1', '1,2,3']) };
  const sent = sends(own, opened, pictures);
  const acts: Act[] = [asked, opened, sent, ...further(own, sent)];
  if (random.chance(0.25)) {
    const removed = Math.round(random.chance(0.5) ? sent.at + 2 * SECOND : at + 30 * MINUTE);
    acts.push({
      id: `${asked.id}.remove`,
      at: removed,
      kind: 'press',
      member: member.name,
      of: asked.id,
      button: 'remove',
    });
  }
  return acts;
}

const SCENES = [gives, gives, edits, goesOn, goesOn];

/**
 * @param jobs - how often pictures are asked for beside these.
 * @param span - milliseconds from the begin within which they begin.
 */
export function drawPictures(
  random: Random,
  {
    guilds,
    models,
    jobs,
    span,
    newMarker,
  }: Pick<Scene, 'models' | 'newMarker'> & { guilds: readonly Guild[]; jobs: number; span: number },
): Act[] {
  if (models.every((model) => WITHOUT_PICTURES.includes(model))) return [];
  const number = random.integer(0, Math.floor(jobs / RARER));
  return Array.from({ length: number }, (_, index) => {
    const id = `pictures${index + 1}`;
    const drawn = random.of(id);
    const guild = drawn.pick(guilds);
    const [member, channel] = [drawn.pick(guild.members), drawn.pick(guild.channels)];
    const at = Math.round(drawn.next() * 0.8 * span);
    return drawn.pick(SCENES)({ random: drawn, id, at, guild, member, channel, models, newMarker });
  }).flat();
}
