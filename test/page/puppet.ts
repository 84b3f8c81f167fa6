/** An application in the place of the bot, for what the page must be able to do whatever the bot asks for. */
import { z } from 'zod';
import type { Playground } from '../../playground/app/playground.ts';
import type { Interaction } from '../../playground/discord/stand-in.ts';
import { createRaw } from '../stand-ins/discord/raw.ts';

const attachmentSchema = z.object({
  filename: z.string(),
  size: z.number(),
  url: z.string(),
  content_type: z.string().optional(),
  width: z.number().optional(),
});

const dataSchema = z.object({
  name: z.string().optional(),
  custom_id: z.string().optional(),
  target_id: z.string().optional(),
  values: z.array(z.string()).optional(),
  options: z.array(z.object({ name: z.string(), value: z.unknown() })).optional(),
  components: z.unknown().optional(),
  resolved: z.object({ attachments: z.record(z.string(), attachmentSchema).optional() }).optional(),
});

/** An interaction, and what came with it. */
export interface Seen {
  interaction: Interaction;
  data: z.infer<typeof dataSchema>;
}

export interface Puppet {
  /** The next interaction that a person in the page makes, in order. */
  next(): Promise<Seen>;
  /** Answers it as an application does. */
  answer(seen: Seen, type: number, data?: unknown): Promise<void>;
  /** Posts a message in the channel that the page opens with. */
  post(body: unknown): Promise<void>;
}

/** Ends the bot and takes its place, with these commands. */
export async function takeOver({ discord, bot }: Playground, commands: unknown[]): Promise<Puppet> {
  await bot.stop();
  const raw = createRaw(discord);
  const path = `/applications/${discord.bot.id}/commands`;
  const registered = await raw.call('PUT', path, commands);
  if (registered.status !== 200) throw new Error(JSON.stringify(registered.body));
  const sent: Interaction[] = [];
  discord.on((event) => {
    const interaction =
      event.type === 'interaction' && event.change === 'sent' && discord.interaction(event.interactionId);
    if (interaction) sent.push(interaction);
  });

  return {
    async next() {
      await discord.until(() => sent.length > 0, 20_000);
      const [interaction] = sent.splice(0, 1);
      if (!interaction) throw new Error('Two waited for the same interaction');
      return { interaction, data: dataSchema.parse(interaction.payload['data']) };
    },
    async answer({ interaction: { id, token } }, type, data = {}) {
      const answered = await raw.post(`/interactions/${id}/${token}/callback`, { type, data });
      if (answered.status !== 204) throw new Error(JSON.stringify(answered.body));
    },
    async post(body) {
      const posted = await raw.post(`/channels/${discord.channels.pictures.id}/messages`, body);
      if (posted.status !== 200) throw new Error(JSON.stringify(posted.body));
    },
  };
}
