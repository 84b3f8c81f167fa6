/** One member's `/seedream`, from the command to its end. */
import type { Channel, DiscordStandIn, Interaction, Member, Message } from '../discord/stand-in.ts';
import type { OtherCustomers } from './other-customers.ts';
import type { RunComfyStandIn, StandInJob } from '../runcomfy/stand-in.ts';

/** The options of the command, by name. */
export type SeedreamOptions = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Outcome {
  /** Whether every picture that was made stands in the channel. */
  delivered: boolean;
  /** The gallery's messages in order; without a gallery, what the member was told instead. */
  messages: Message[];
}

/** Source: message resource, "Message Flags": the "thinking ..." of a deferral. */
const LOADING = 128;

/** Every message that came of an interaction, in order. */
function messagesOf(interaction: Interaction, discord: DiscordStandIn): Message[] {
  const { channel, user, original, followUps } = interaction;
  const known = [...(original ? [original] : []), ...followUps].filter(({ deleted }) => !deleted);
  // A further message of a gallery comes by the channel route; its files carry the job's id.
  const isOfJob = ({ attachments }: Message) => attachments.some(({ filename }) => filename.includes(interaction.id));
  const others = discord.messages(channel, { as: user }).filter((message) => !known.includes(message));
  return [...known, ...others.filter(isOfJob)];
}

/**
 * Sends the command and waits for its end.
 *
 * @param sent - told of the interaction
 * @param changed - told of every change of a message of it
 * @param timeoutMs - how long the end is waited for
 * @throws Error when Discord's client would not send such a command, or nothing ends it in time
 */
export async function requestPictures({
  discord,
  runcomfy,
  customers,
  member,
  channel,
  options,
  sent,
  changed,
  timeoutMs,
}: {
  discord: DiscordStandIn;
  runcomfy: RunComfyStandIn;
  customers: OtherCustomers;
  member: Member;
  channel: Channel;
  options: SeedreamOptions;
  sent: (interaction: Interaction) => void;
  changed: (message: Message) => void;
  timeoutMs: number;
}): Promise<Outcome> {
  const before = new Set(runcomfy.jobs);
  const interaction = discord.command({ member, channel, name: 'seedream', options });
  sent(interaction);
  const end = discord.on((event) => {
    if (event.type !== 'message') return;
    const message = discord.message(event.messageId);
    if (message && messagesOf(interaction, discord).includes(message)) changed(message);
  });
  const outcome = () => {
    const jobs = runcomfy.jobs.filter((one) => !before.has(one) && !customers.owns(one.requestId));
    return outcomeOf(messagesOf(interaction, discord), jobs);
  };
  try {
    await interaction.acknowledged(5000);
    await discord.until(() => outcome() !== undefined, timeoutMs);
    return outcome() ?? { delivered: false, messages: [] };
  } finally {
    end();
  }
}

/**
 * Where a command stands: `undefined` while it goes on.
 *
 * @param jobs - what was submitted for it so far: one for all pictures, or one for each.
 */
function outcomeOf(messages: Message[], jobs: readonly StandInJob[]): Outcome | undefined {
  const [first] = messages;
  if (!first || first.flags & LOADING) return undefined;
  if (jobs.length === 0) return first.embeds.length === 0 ? { delivered: false, messages } : undefined;
  const finished = jobs.flatMap(({ finishedAt }) => finishedAt ?? []);
  // More may be submitted once some are finished: the buttons of an end say that none will be.
  const hasEnded = messages.some(({ components }) => JSON.stringify(components).includes('"again:'));
  if (finished.length < jobs.length || !hasEnded) return undefined;
  const made = jobs.reduce((sum, { state, images }) => sum + (state === 'succeeded' ? images.length : 0), 0);
  const pictures = messages.flatMap(({ attachments }) => attachments);
  if (made > 0) return pictures.length >= made ? { delivered: true, messages } : undefined;
  const toldAt = first.versions.at(-1)?.at ?? 0;
  return toldAt >= Math.max(...finished) ? { delivered: false, messages } : undefined;
}
