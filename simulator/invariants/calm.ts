/** Whether anything was wrong in a span: what is promised for good times is judged in those alone. */
import type { Act, Fault } from '../plan.ts';
import { idOf } from '../world/discord/discord.ts';
import type { Life } from '../world/life.ts';
import type { Told, Truth } from '../world/truth.ts';

/** @returns whether nothing went wrong between two moments (milliseconds since the epoch) and every process was up and awake. */
export type IsCalm = (from: number, until: number) => boolean;

/** What a fail-over leads to is over by then (milliseconds). */
const AFTER_FAIL_OVER = 60_000;

/** @param begin - of the history, from which the plan's moments count (milliseconds since the epoch). */
export function createCalm({
  faults,
  lives,
  begin,
}: {
  faults: readonly Fault[];
  lives: readonly Life[];
  begin: number;
}): IsCalm {
  function isWell(from: number, until: number): boolean {
    return !faults.some((fault) => {
      if (fault.kind === 'fail_over') return begin + fault.at >= from - AFTER_FAIL_OVER && begin + fault.at <= until;
      const lasts = fault.kind === 'trouble' || fault.kind === 'cut_off';
      return lasts && begin + fault.from <= until && begin + fault.until >= from;
    });
  }

  /** Whether every process that had begun by then went on, awake, to the end of the span. */
  function isAwake(from: number, until: number): boolean {
    const names = new Set(lives.map(({ process }) => process));
    return [...names].every((name) =>
      lives.some(
        ({ process, startedAt, stoppedAt = Infinity, endedAt = Infinity, frozen }) =>
          process === name &&
          startedAt <= from &&
          Math.min(stoppedAt, endedAt) > until &&
          !frozen.some((span) => span.from < until && (span.until ?? Infinity) > from),
      ),
    );
  }

  return (from, until) => isAwake(from, until) && isWell(from, until);
}

/** The members who take no direct messages at some time, by their ids. */
export function closedToDirectMessages(acts: readonly Act[]): ReadonlySet<string> {
  return new Set(acts.flatMap((act) => (act.kind === 'close_direct_messages' ? [idOf(act.member)] : [])));
}

/** Whether something in the world keeps the bot from bringing a message up to date: its channel is gone or closed to it at some time. */
export function createClosed(
  { messages }: Pick<Truth, 'messages'>,
  acts: readonly Act[],
): (messageId: string) => boolean {
  const channels = new Set<string>();
  const guilds = new Set<string>();
  for (const act of acts) {
    if (act.kind === 'delete_channel' || act.kind === 'permissions' || act.kind === 'archive_thread')
      channels.add(idOf(act.channel));
    if (act.kind === 'time_out_bot') guilds.add(idOf(act.guild));
  }
  return (messageId) => {
    const { channel = '', guild = '' } = messages.get(messageId) ?? {};
    return channels.has(channel) || guilds.has(guild);
  };
}

/** How long after it goes on a process that stood still is heard of by Discord (milliseconds). */
const AT_ONCE = 1000;

/** For how long after an edit was sent whoever shows the job next makes sure that it stands (milliseconds). */
const MADE_SURE_FOR = 30_000;

/**
 * @returns whether something that stood in a message was sent by a process that stood still for longer right as it made the call: it had just
 * made sure that the job was its own, and nobody can take such a call back.
 */
export function createOvertaken({ told }: Pick<Truth, 'told'>, lives: readonly Life[]): (messageId: string) => boolean {
  return (messageId) => {
    const versions = told.filter((each) => each.messageId === messageId);
    const isLate = ({ by, at }: Told) =>
      lives.some(
        ({ process, frozen }) =>
          process === by &&
          frozen.some(
            ({ from, until = Infinity }) => until - from > MADE_SURE_FOR && at >= until && at - until <= AT_ONCE,
          ),
      );
    return versions.some(isLate);
  };
}
