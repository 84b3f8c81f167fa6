/**
 * Loaded into the bot's process before the bot: its clock goes on at once by as much as a test says (`{ pass: milliseconds }`
 * by the channel between the two), and begins as far ahead as its stage is (`TIME_AHEAD`).
 */
import { z } from 'zod';
import { systemClock } from '../../../src/services/clock.ts';
import { createPassingClock } from './passing-clock.ts';

const messageSchema = z.object({ pass: z.number() });

const clock = createPassingClock(Number(process.env['TIME_AHEAD']));
Object.assign(systemClock, clock);

process.on('message', (message) => {
  clock.pass(messageSchema.parse(message).pass);
  process.send?.('passed');
});
// Listening alone would keep the bot from ending.
process.channel?.unref();
