/** The application that a token of Discord's belongs to. */
import { z } from 'zod';
import type { Config } from '../config.ts';
import { ok, wrong, type Finding } from './finding.ts';
import { getWithToken, type HttpAnswer } from './get-with-token.ts';

const applicationSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Whether anybody may add the bot to a server. */
  bot_public: z.boolean().optional(),
  interactions_endpoint_url: z.string().nullish(),
});
export type Application = z.infer<typeof applicationSchema>;

/** Asks Discord whose token this is, which changes nothing. `answer` is there where Discord gave one at all. */
export async function readApplication({ apiUrl, token }: Config['discord']): Promise<{
  finding: Finding;
  application?: Application;
  answer?: HttpAnswer;
}> {
  const answer = await getWithToken(`${apiUrl}/v10/applications/@me`, `Bot ${token}`);
  if (typeof answer === 'string') {
    const check = "check this machine's network, its DNS, and DISCORD_API_URL";
    return { finding: wrong('Discord', `did not answer (${answer}): ${check}.`) };
  }
  if (answer.status === 401) {
    const where = 'https://discord.com/developers/applications > your application > Bot > Reset Token';
    return { finding: wrong('Discord', `does not accept DISCORD_TOKEN: copy it anew from ${where}.`), answer };
  }
  const application = applicationSchema.safeParse(answer.body).data;
  if (answer.status !== 200 || application === undefined) {
    const what = `answered HTTP ${answer.status} with nothing that is known`;
    return { finding: wrong('Discord', `${what}: try again later, or check DISCORD_API_URL.`), answer };
  }
  const { id, name } = application;
  const account = `accepts the token of ${name} (application ${id}). No privileged intents are needed.`;
  return { finding: ok('Discord', account), application, answer };
}
