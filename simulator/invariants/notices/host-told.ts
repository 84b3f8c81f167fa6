/** That whoever hosts the bot has been told is said only where they were. */
import { HOST, idOf } from '../../world/discord/discord.ts';
import type { Act } from '../../plan.ts';
import type { Told, Truth } from '../../world/truth.ts';
import { closedToDirectMessages, type IsCalm } from '../calm.ts';
import type { Tolerance } from '../clocks.ts';
import type { Judge } from '../judge.ts';
import { sentencesIn } from '../sentences.ts';

/** What every such sentence holds. */
const CLAIM = /has been told/;

const ACCOUNT = ['host.authentication', 'host.empty'];

/** Sentences, and which of the notices to the host each is about. */
const NOTICES = new Map<string, readonly string[]>([
  ['failure.authentication', ACCOUNT],
  ['failure.balance', ACCOUNT],
  ['refusal.paused', ACCOUNT],
  ['model.gone', ['host.modelGone', 'host.modelNext']],
  ['model.unmet', ['host.modelUnmet', 'host.editingUnmet']],
  ['gallery.notAllowed_one', ['host.assets']],
  ['gallery.notAllowed_other', ['host.assets']],
]);

/** What was said, until the host has been told. */
interface Claim {
  told: Told;
  key: string;
  notices: readonly string[];
}

export function judgeHostTold({
  truth,
  acts,
  tolerance,
  isWell,
  judge,
}: {
  truth: Truth;
  acts: readonly Act[];
  tolerance: Tolerance;
  /** Whether nothing kept the bot from telling its host, other than an end of its own: it tells of one thing once. */
  isWell: IsCalm;
  judge: Judge;
}) {
  const host = idOf(HOST);
  const isClosed = closedToDirectMessages(acts).has(host);
  let seen = 0;
  const heard = new Set<string>();
  let claims: Claim[] = [];
  /** When there was first something to tell, by the notices about it (milliseconds since the epoch). */
  const since = new Map<string, number>();

  function note(told: Told): void {
    const { text, onlyFor, messageId } = told;
    if (onlyFor === host && truth.messages.get(messageId)?.guild === undefined)
      for (const { key } of sentencesIn(text)) heard.add(key);
    if (!CLAIM.test(text)) return;
    for (const { key } of sentencesIn(text)) {
      const notices = NOTICES.get(key);
      if (notices === undefined) continue;
      claims.push({ told, key, notices });
      const begun = truth.interactions.get(told.interaction ?? '')?.at ?? told.at;
      since.set(String(notices), Math.min(begun, since.get(String(notices)) ?? Infinity));
    }
  }

  return {
    /** @param at - milliseconds since the epoch. */
    now(at: number) {
      for (const told of truth.told.slice(seen)) note(told);
      seen = truth.told.length;
      if (claims.length === 0 || isClosed) return;
      claims = claims.filter(({ notices }) => !notices.some((key) => heard.has(key)));
      const late = claims.find(({ told }) => at > told.at + tolerance.told(told.at));
      if (late === undefined) return;
      claims = claims.filter((claim) => claim !== late);
      if (!isWell(since.get(String(late.notices)) ?? 0, at)) return;
      const { told, key } = late;
      judge.broken(
        'no sentence lies',
        `${told.messageId} ${key}`,
        `Message ${told.messageId} says "${told.text.replaceAll('\n', ' / ')}" (${key}), and the host has been told nothing of it.`,
      );
    },
  };
}
