/** The buttons under a job's messages. Pure. */
import { ButtonStyle, ComponentType, type APIButtonComponentWithCustomId } from 'discord.js';
import type { Translate } from '../../languages/languages.ts';
import type { Job } from '../job/job.ts';
import type { ReplyMessage } from './message.ts';
import type { ShownModel } from './shown-model.ts';

type Action = 'cancel' | 'again' | 'edit' | 'seed' | 'remove';
type Components = NonNullable<ReplyMessage['components']>;

const EMOJI: Record<Action, string | undefined> = {
  cancel: undefined,
  again: '🔁',
  edit: '✏️',
  seed: '🌱',
  remove: '🗑️',
};

function buttons({ id }: Pick<Job, 'id'>, actions: Action[], t: Translate): APIButtonComponentWithCustomId[] {
  return actions.map((action) => {
    const emoji = EMOJI[action];
    return {
      type: ComponentType.Button,
      style: ButtonStyle.Secondary,
      label: t(`button.${action}`),
      custom_id: `${action}:${id}`,
      ...(emoji === undefined ? {} : { emoji: { name: emoji } }),
    };
  });
}

function row(job: Job, actions: Action[], t: Translate): Components {
  return [{ type: ComponentType.ActionRow, components: buttons(job, actions, t) }];
}

/** The button of a job that can still be cancelled. */
export function cancelButton(job: Job, t: Translate): Components {
  return row(job, ['cancel'], t);
}

/** The buttons of a job that goes on: Cancel while that can be, and to be told of its end where that is far away. */
export function runningButtons(
  job: Job,
  { cancellable, long }: { cancellable: boolean; long: boolean },
  t: Translate,
): Components {
  const components = buttons(job, cancellable ? ['cancel'] : [], t);
  if (long) {
    const style = ButtonStyle.Secondary;
    components.push({ type: ComponentType.Button, style, label: t('tell.button'), custom_id: `tell:${job.id}` });
  }
  return components.length === 0 ? [] : [{ type: ComponentType.ActionRow, components }];
}

/** The buttons of a gallery. */
export function galleryButtons(job: Job, { seed }: Pick<ShownModel, 'seed'>, t: Translate): Components {
  return row(job, ['again', 'edit', ...(seed ? (['seed'] as const) : []), 'remove'], t);
}

/** Components without the buttons that start a job: outside a server there is none to count it. */
export function withoutJobButtons(components: Components): Components {
  return components.flatMap((each): Components => {
    if (each.type !== ComponentType.ActionRow) return [each];
    const kept = each.components.filter(
      (component) => !('custom_id' in component) || !/^(?:again|edit|use):/.test(component.custom_id),
    );
    return kept.length === 0 ? [] : [{ ...each, components: kept }];
  });
}

/** The buttons of a job that ended without a gallery. */
export function retryButtons(job: Job, t: Translate): Components {
  return row(job, ['again', 'edit'], t);
}

/** What mends a job that was refused, beside changes to it. */
export interface Mending {
  /** The numbers of pictures that it can be made with: a button each, at most 4. */
  counts?: readonly number[];
  /** Whether they are less than what was asked for, as more cannot be had. */
  instead?: boolean;
  /** Whether it may be taken as it is, a little later. */
  later?: boolean;
  /** Whether it can be made without what was not understood of it. */
  without?: boolean;
}

/** The buttons of a job that was refused: it once more with another number of pictures, as it is, or with changes. */
export function refusalButtons(
  id: string,
  { counts = [], instead = false, later = false, without = false }: Mending,
  t: Translate,
): Components {
  const primary = (customId: string, label: string): APIButtonComponentWithCustomId => {
    return { type: ComponentType.Button, style: ButtonStyle.Primary, label, custom_id: `${customId}:${id}` };
  };
  const answers = counts.map((count) =>
    primary(`count${count}`, t(instead ? 'mend.instead' : 'mend.count', { count })),
  );
  const again = [
    ...(later ? [primary('again', t('mend.later'))] : []),
    ...(without ? [primary('without', t('mend.without'))] : []),
  ];
  return [{ type: ComponentType.ActionRow, components: [...answers, ...again, ...buttons({ id }, ['edit'], t)] }];
}
