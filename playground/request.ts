/** One member's `/seedream`, from the command to its end. */
import type { DiscordStandIn, Interaction, Member, Message, Channel } from './discord.ts';

/** The options of the command, by name. */
export type SeedreamOptions = Readonly<Record<string, string | number | boolean | undefined>>;

/** How it ended. */
export interface Outcome {
  /** Every message of the gallery, in order; without pictures: what the member was told instead. */
  messages: Message[];
  /** Whether all messages that hold the pictures are there. */
  delivered: boolean;
}

/** Every message that came of an interaction, in order. */
export function messagesOf(interaction: Interaction, discord: DiscordStandIn): Message[] {
  const { channel, user, original, followUps } = interaction;
  const known = [...(original ? [original] : []), ...followUps].filter(({ deleted }) => !deleted);
  // A further message of a gallery comes by the channel route: its files carry the job's id.
  const others = discord
    .messages(channel, { as: user })
    .filter((message) => !known.includes(message) && message.attachments.some(({ filename }) => filename.includes(interaction.id)));
  return [...known, ...others];
}

const pictures = (messages: readonly Message[]) =>
  messages.flatMap(({ attachments }) => attachments.filter(({ contentType }) => contentType.startsWith('image/')));

/** `4 of 4` or `15/15`: a gallery says how many of the pictures it has. */
function saysAll(messages: readonly Message[]): number | undefined {
  const fields = messages[0]?.embeds[0]?.fields ?? [];
  const [, of] = fields.map(({ value }) => /^(\d+) of (\d+)$/.exec(value)).find((match) => match !== null) ?? [];
  return of === undefined ? undefined : Number(of);
}

/**
 * Sends the command and waits for its end.
 *
 * @param changed - told of every message of it that came, changed or went
 * @param timeoutMs - how long the end is waited for
 * @throws Error when the command can't be sent as Discord's client would have it, or nothing ends it in time
 */
export async function requestPictures({
  discord,
  member,
  channel,
  options,
  changed = () => undefined,
  timeoutMs,
}: {
  discord: DiscordStandIn;
  member: Member;
  channel: Channel;
  options: SeedreamOptions;
  changed?: (message: Message, change: 'create' | 'update' | 'delete') => void;
  timeoutMs: number;
}): Promise<Outcome> {
  let interaction: Interaction | undefined;
  const end = discord.on((event) => {
    if (event.type !== 'message') return;
    const message = discord.message(event.messageId);
    if (!message || !interaction) return;
    if (messagesOf(interaction, discord).includes(message) || event.interactionId === interaction.id)
      changed(message, event.change);
  });
  try {
    const sent = (interaction = discord.command({ member, channel, name: 'seedream', options }));
    await sent.acknowledged(5000);
    const state = () => outcomeOf(sent, discord);
    await discord.until(() => state() !== undefined, timeoutMs);
    return state() ?? { messages: [], delivered: false };
  } finally {
    end();
  }
}

/** Where a request stands: `undefined` while it goes on. */
function outcomeOf(interaction: Interaction, discord: DiscordStandIn): Outcome | undefined {
  const messages = messagesOf(interaction, discord);
  const asked = saysAll(messages);
  if (asked !== undefined) return pictures(messages).length >= asked ? { messages, delivered: true } : undefined;
  const [first] = messages;
  if (!first || first.flags & 128) return undefined;
  // A job that goes on says when it was asked or has a button; one that ended without pictures has a bold sentence.
  const [embed] = first.embeds;
  const over = embed ? /\*\*[^*]+\*\*\s*$/.test(embed.description ?? '') : first.content !== '';
  return over ? { messages, delivered: false } : undefined;
}
