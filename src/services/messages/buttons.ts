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

/** The buttons of a request that was refused: it once more with another number of pictures, or with changes. */
export function refusalButtons(id: string, counts: number[], t: Translate): Components {
  const answers = counts.map((count): APIButtonComponentWithCustomId => {
    const label = t('usage.pictures', { count });
    return { type: ComponentType.Button, style: ButtonStyle.Primary, label, custom_id: `count${count}:${id}` };
  });
  return [{ type: ComponentType.ActionRow, components: [...answers, ...buttons({ id }, ['edit'], t)] }];
}
