/** Users as the API has them. */
import { idOf } from '../names.ts';

/** The application's id. Its bot has another, as those of applications from before 2016 have. */
export const APPLICATION_ID = idOf('the application');

export function apiUser(id: string, username: string) {
  return { id, username, discriminator: '0', global_name: null, avatar: null, public_flags: 0 };
}

export const BOT = { ...apiUser(idOf('the bot'), 'seedream'), bot: true };
