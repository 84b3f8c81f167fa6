/** Pictures that members give, as files; and attachments as only a hostile client, or Discord on a bad day, would tell of them. */
import sharp from 'sharp';
import type { Channel, Interaction, Member } from '../../playground/discord/stand-in.ts';
import type { Stage } from './bot.ts';

/** A file as a person chooses it. */
export interface GivenFile {
  name: string;
  bytes: Uint8Array;
}

/** A picture of one colour; its format is its name's. */
export async function pictureFile(
  name: string,
  { width = 64, height = 48 }: { width?: number; height?: number } = {},
): Promise<GivenFile> {
  const image = sharp({ create: { width, height, channels: 3, background: '#3366aa' } });
  const format = name.endsWith('.webp') ? 'webp' : name.endsWith('.png') ? 'png' : 'jpeg';
  return { name, bytes: await image.toFormat(format).toBuffer() };
}

/** What an interaction may say of an attachment. */
export type SaidOfFile = Readonly<Record<string, unknown>>;

/** `/seedream` with attachments of which just this is said, the first as `picture`. */
export function forgeCommand(
  { discord }: Pick<Stage, 'discord'>,
  {
    member,
    channel,
    prompt,
    files,
  }: { member: Member; channel: Channel; prompt: string; files: readonly SaidOfFile[] },
): Interaction {
  const all = files.map((file, index) => ({ id: `${1_574_318_992_691_036_000n + BigInt(index)}`, ...file }));
  const command = discord.commands().find(({ name }) => name === 'seedream');
  const data = {
    id: command?.id,
    name: 'seedream',
    type: 1,
    options: [
      { type: 3, name: 'prompt', value: prompt },
      ...all.map(({ id }, index) => ({ type: 11, name: index === 0 ? 'picture' : `picture${index + 1}`, value: id })),
    ],
    resolved: { attachments: Object.fromEntries(all.map((file) => [file.id, file])) },
  };
  return discord.dispatchInteraction({ member, channel, type: 2, data });
}
