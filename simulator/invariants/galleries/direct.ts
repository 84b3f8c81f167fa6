/** What comes by direct message because it could not be shown where it was asked for says where that was, pictures or none. */
import type { Truth } from '../../world/truth.ts';
import type { Judge } from '../judge.ts';

/** What makes a message of a job one and the same: the job, and which of its messages it is. */
const NONCE = /^(\d{17,20})-\d+t?$/;

export function judgeDirect({ truth, judge }: { truth: Truth; judge: Judge }): void {
  for (const { messageId, text } of truth.told) {
    const { guild, nonce = '' } = truth.messages.get(messageId) ?? {};
    const asked = truth.interactions.get(NONCE.exec(nonce)?.[1] ?? '');
    if (guild !== undefined || asked === undefined || text.includes(`<#${asked.channel}>`)) continue;
    judge.broken(
      'a gallery says what it is',
      `${messageId} channel`,
      `Direct message ${messageId} of job ${asked.id} reads "${text.replaceAll('\n', ' / ').slice(0, 300)}", and not that it comes from ${asked.channel}.`,
    );
  }
}
