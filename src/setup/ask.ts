/** Questions on a terminal, and what one hears after an answer. */
import { confirm, isCancel, log, password, select, spinner, text } from '@clack/prompts';
import { token, wholeNumber } from '../config.ts';
import { sentenceOf, type Finding } from '../doctor/finding.ts';

/** Somebody pressed Ctrl-C or Escape. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

function answered<T>(answer: T | symbol): T {
  if (isCancel(answer)) throw new Cancelled();
  return answer as T;
}

export async function askYes(message: string, initialValue = true): Promise<boolean> {
  return answered<boolean>(await confirm({ message, initialValue }));
}

/** One of several; the first is offered. */
export async function askChoice<T extends string>(message: string, choices: Record<T, string>): Promise<T> {
  const options = (Object.entries(choices) as [T, string][]).map(([value, label]) => ({
    value: value,
    label,
  }));
  return answered(await select<string>({ message, options })) as T;
}

/**
 * A whole number.
 *
 * @param none - where leaving it empty means that there is none.
 */
export async function askNumber(
  message: string,
  initial: number | undefined,
  none = false,
): Promise<number | undefined> {
  const form = wholeNumber(0, 1_000_000_000);
  const typed = await text({
    message,
    initialValue: initial === undefined ? '' : String(initial),
    validate: (value = '') =>
      none && value.trim() === '' ? undefined : form.safeParse(value.trim()).error?.issues[0]?.message,
  });
  const value = (answered(typed) as string | undefined)?.trim() ?? '';
  return value === '' ? undefined : Number(value);
}

/**
 * A token, unseen, until it passes a check or whoever types it goes on with it all the same.
 *
 * @param kept - the one that is there, for whoever types nothing.
 */
export async function askToken<T extends { finding: Finding }>(
  message: string,
  kept: string | undefined,
  check: (token: string) => Promise<T>,
): Promise<T & { token: string }> {
  for (;;) {
    const typed = await password({
      message: kept === undefined ? message : `${message} (leave it empty to keep the one that is there)`,
      validate: (value = '') =>
        kept !== undefined && value.trim() === '' ? undefined : token.safeParse(value.trim()).error?.issues[0]?.message,
    });
    const value = (answered(typed) as string | undefined)?.trim() ?? '';
    const given = value === '' && kept !== undefined ? kept : value;
    const found = await waiting('Checking', () => check(given));
    show(found.finding);
    if (found.finding.verdict !== 'wrong') return { ...found, token: given };
    const next = await askChoice('What now?', { again: 'Enter it again', use: 'Go on with it all the same' });
    if (next === 'use') return { ...found, token: given };
  }
}

async function waiting<T>(message: string, work: () => Promise<T>): Promise<T> {
  const shown = spinner();
  shown.start(message);
  try {
    return await work();
  } finally {
    shown.stop('Checked');
  }
}

function show(finding: Finding): void {
  const level = { ok: log.success, note: log.warn, wrong: log.error }[finding.verdict];
  level(sentenceOf(finding));
}
