/** The callback: the one first response that an interaction takes. */
import { invalidForm } from '../errors.ts';
import type { Interactions } from '../interactions.ts';
import { EPHEMERAL, LOADING, type Messages } from '../messages/messages.ts';
import type { MessageBody } from '../messages/message-rules.ts';
import type { Interaction, Message } from '../records.ts';
import { checkChoices, checkModal, prefilled, type Modal } from './callback-rules.ts';
import type { Call, Section } from './route.ts';

/** Types of responses. Source: Discord, receiving and responding, "Interaction Callback Type". */
const MESSAGE = 4;
const DEFERRED_MESSAGE = 5;
const DEFERRED_UPDATE = 6;
const UPDATE = 7;
const CHOICES = 8;
const MODAL = 9;

interface Response {
  type: number;
  data?: (MessageBody & Partial<Modal> & { choices?: { name: string; value: string | number }[] }) | undefined;
}

const DOES: Record<number, string> = {
  [MESSAGE]: 'answers',
  [DEFERRED_MESSAGE]: 'defers',
  [DEFERRED_UPDATE]: 'acknowledges',
  [UPDATE]: 'answers by an update of the message',
  [CHOICES]: 'offers choices for',
  [MODAL]: 'shows a form for',
};

function wrongType() {
  return invalidForm('type', 'INTERACTION_CALLBACK_TYPE_INVALID', 'This response is not valid for this interaction.');
}

export function callbackRoute({
  now,
  messages,
  interactions,
  api,
  shown,
}: {
  now: () => number;
  messages: Messages;
  interactions: Interactions;
  api: (message: Message) => object;
  shown: (call: Call) => string;
}): Section {
  /** Acts on a response. Nothing is acknowledged where it throws. */
  function respond(interaction: Interaction, { type, data = {} }: Response, call: Call): void {
    const { channel, source } = interaction;
    const form = { body: data, parts: call.parts, by: call.by };
    const ephemeral = ((data.flags ?? 0) & EPHEMERAL) !== 0;
    const isCompletion = interaction.type === 4;
    if (isCompletion !== (type === CHOICES)) throw wrongType();
    switch (type) {
      case MESSAGE:
        interaction.original = messages.create({ form, channel, interaction, ephemeral });
        break;
      case DEFERRED_MESSAGE:
        if (Object.keys(data).some((key) => key !== 'flags') || ((data.flags ?? 0) & ~EPHEMERAL) !== 0) {
          throw invalidForm('data', 'INTERACTION_DEFERRED_FIELDS', 'A deferral may carry only the EPHEMERAL flag.');
        }
        interaction.original = messages.create({ form: undefined, channel, interaction, ephemeral });
        interaction.loading = true;
        break;
      case DEFERRED_UPDATE:
      case UPDATE:
        if (source === undefined) throw wrongType();
        // An update drops the files that it does not list, unlike an edit (discord-api-docs #6277).
        if (type === UPDATE) messages.edit(source, form, { keepUnlisted: false });
        interaction.original = source;
        break;
      case CHOICES:
        checkChoices(data.choices ?? []);
        interaction.choices = data.choices ?? [];
        interaction.truth.choices = (data.choices ?? []).map(({ name }) => name);
        break;
      case MODAL:
        if (interaction.type === 5) throw wrongType();
        interaction.modal = checkModal(data);
        interaction.truth.form = prefilled(interaction.modal);
        break;
      default:
        throw wrongType();
    }
  }

  function run(id: string, token: string, call: Call): unknown {
    const interaction = interactions.forCallback(id, token);
    const response = call.body as Response;
    respond(interaction, response, call);
    const { original, truth } = interaction;
    interaction.acknowledgement = response.type;
    truth.acknowledgedAt = now();
    truth.ephemeral = original?.ephemeral;
    truth.replyId = original?.truth.id;
    if (call.query.get('with_response') !== 'true') return undefined;
    return {
      interaction: {
        id,
        type: interaction.type,
        ...(original && {
          response_message_id: original.truth.id,
          response_message_loading: (original.flags & LOADING) !== 0,
          response_message_ephemeral: original.ephemeral,
        }),
      },
      resource: {
        type: response.type,
        ...(original && (response.type === MESSAGE || response.type === UPDATE) && { message: api(original) }),
      },
    };
  }

  return (method, [first, id = '', token = '', last]) => {
    if (method !== 'POST' || first !== 'interactions' || last !== 'callback') return undefined;
    return {
      bucket: `callback ${id}`,
      limit: undefined,
      run: (call) => run(id, token, call),
      about(call) {
        const { type, data } = call.body as Response;
        const alone = ((data?.flags ?? 0) & EPHEMERAL) !== 0 ? ' privately' : '';
        const what = type === MESSAGE || type === UPDATE ? `: ${shown({ ...call, body: data })}` : '';
        return `${DOES[type] ?? `responds ${type} to`} ${interactions.actOf(token)}${alone}${what}`;
      },
    };
  };
}
