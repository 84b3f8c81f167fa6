/** Every interaction that Discord made, and who may still respond to it. */
import type { InteractionTruth } from '../truth.ts';
import { APPLICATION_ID } from './api-users.ts';
import { apiError } from '../../../playground/discord/api-error.ts';
import type { Channel, Interaction, Message } from './records.ts';
import type { Snowflakes } from './snowflakes.ts';

/** How long the first response may take, and how long the token lives (milliseconds). Source: Discord, receiving and responding. */
const ACKNOWLEDGE_WITHIN = 3000;
const TOKEN_LIFE = 15 * 60_000;

const KINDS = { 2: 'command', 3: 'button', 4: 'autocomplete', 5: 'form' } as const;

const STARTS_FROM_NOTHING = { gives: [], same: false, shown: [] };

export interface Interactions {
  open(facts: {
    act: string;
    type: Interaction['type'];
    name: string;
    user: string;
    channel: Channel;
    source?: Message | undefined;
    options?: InteractionTruth['options'];
    offered?: readonly string[];
    offers?: Interaction['offers'];
    starts?: Pick<InteractionTruth, 'gives' | 'same' | 'shown'>;
  }): Interaction;
  /** What an act of the plan has led to. */
  ofAct(act: string): Interaction | undefined;
  /** The act whose interaction has this token, for the diary. */
  actOf(token: string): string;
  /** @throws ApiError 10062 where it is unknown or past its time, 40060 where it has its first response. */
  forCallback(id: string, token: string): Interaction;
  /** @throws ApiError 10015 before the first response, 50027 where the token is dead. */
  forWebhook(application: string, token: string): Interaction;
}

export function createInteractions({
  now,
  snowflakes,
  interactions,
}: {
  now: () => number;
  snowflakes: Snowflakes;
  interactions: Map<string, InteractionTruth>;
}): Interactions {
  const byToken = new Map<string, Interaction>();
  const byAct = new Map<string, Interaction>();

  return {
    open({
      act,
      type,
      name,
      user,
      channel,
      source,
      options = {},
      offered = [],
      offers = [],
      starts = STARTS_FROM_NOTHING,
    }) {
      const id = snowflakes(`interaction ${act}`);
      const truth: Interaction['truth'] = {
        id,
        act,
        kind: KINDS[type],
        name,
        member: user,
        guild: channel.guild ?? '',
        channel: channel.id,
        at: now(),
        receivedAt: undefined,
        acknowledgedAt: undefined,
        ephemeral: undefined,
        replyId: undefined,
        options,
        offered,
        source: source?.truth.id,
        ...starts,
        form: undefined,
        choices: [],
      };
      const interaction: Interaction = {
        id,
        token: `token-of-${id}`,
        type,
        user,
        channel,
        truth,
        sentAt: now(),
        source,
        acknowledgement: undefined,
        original: undefined,
        followUps: [],
        modal: undefined,
        choices: [],
        offers,
        loading: false,
      };
      interactions.set(id, truth);
      byToken.set(interaction.token, interaction);
      byAct.set(act, interaction);
      return interaction;
    },

    ofAct: (act) => byAct.get(act),
    actOf: (token) => byToken.get(token)?.truth.act ?? 'nothing',

    forCallback(id, token) {
      const interaction = byToken.get(token);
      if (interaction?.id !== id) throw apiError('unknownInteraction');
      if (interaction.acknowledgement !== undefined) throw apiError('acknowledged');
      if (now() - interaction.sentAt > ACKNOWLEDGE_WITHIN) throw apiError('unknownInteraction');
      return interaction;
    },

    forWebhook(application, token) {
      if (application !== APPLICATION_ID) throw apiError('unknownWebhook');
      const interaction = byToken.get(token);
      if (interaction === undefined || now() - interaction.sentAt >= TOKEN_LIFE) throw apiError('invalidToken');
      if (interaction.acknowledgement === undefined) throw apiError('unknownWebhook');
      return interaction;
    },
  };
}
