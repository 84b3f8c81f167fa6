/** Users as the API has them. */
import { idOf } from '../names.ts';

/** The application's id. Its bot has another, as with applications from before 2017. */
export const APPLICATION_ID = idOf('the application');
export const BOT_USER_ID = idOf('the bot');

export function apiUser(id: string, username: string) {
  return { id, username, discriminator: '0', global_name: null, avatar: null, public_flags: 0 };
}

export const BOT = { ...apiUser(BOT_USER_ID, 'seedream'), bot: true };
