/** Hands each interaction to its command or button, once, and keeps what goes wrong there from going further. */
import {
  DiscordAPIError,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
  type MessageContextMenuCommandInteraction,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import { translate } from '../../languages/languages.ts';
import { BoundedSet } from '../../services/bounded.ts';
import type { Log } from '../../services/log.ts';
import type { ReplyMessage } from '../../services/messages/messages.ts';
import type { UncheckedOptions } from '../start-job/options.ts';
import { giveBack } from '../start-job/refusals.ts';
import type { HasBegun } from '../start-job/begun.ts';
import { parseCustomId, type Button, type Command, type Form, type MessageCommand, type Select } from './command.ts';
import type { Repliable, Responses } from './responses.ts';

/** Interactions remembered so that one that is sent again is handled once. */
const REMEMBERED = 10_000;

export interface Interactions {
  /** Handles an interaction. Never throws and never rejects. */
  handle(interaction: Interaction): Promise<void>;
  /** From now on every new interaction is told that the bot restarts; resolves when those under way have ended. */
  stop(): Promise<void>;
}

/** Codes by which Discord says that a response came too late or twice: nobody waits for it. */
const NOBODY_WAITS = new Set<number | string>([
  10062, // unknown interaction
  40060, // already acknowledged
]);

function isRepliable(interaction: Interaction): interaction is Repliable {
  return (
    interaction.isChatInputCommand() ||
    interaction.isMessageContextMenuCommand() ||
    interaction.isButton() ||
    interaction.isStringSelectMenu() ||
    interaction.isModalSubmit()
  );
}

/** Sends a message, or its sentence alone: what Discord refuses of what was typed, it would refuse again. */
async function wholeOrSentence(
  message: string | ReplyMessage,
  send: (form: string | ReplyMessage) => Promise<void>,
): Promise<void> {
  try {
    await send(message);
  } catch (error) {
    if (typeof message === 'string') throw error;
    await send(message.content ?? '');
  }
}

export function createInteractions({
  commands,
  messageCommands,
  buttons,
  selects,
  forms,
  responses,
  hasBegun,
  log,
}: {
  commands: Command[];
  messageCommands: MessageCommand[];
  buttons: Button[];
  selects: Select[];
  forms: Form[];
  responses: Responses;
  hasBegun: HasBegun;
  log: Log;
}): Interactions {
  const byName = new Map(commands.map((command) => [command.name, command]));
  const messageCommandsByName = new Map(messageCommands.map((command) => [command.name, command]));
  const selectsByAction = new Map(selects.map((select) => [select.action, select]));
  const buttonsByAction = new Map(buttons.map((button) => [button.action, button]));
  const formsByAction = new Map(forms.map((form) => [form.action, form]));
  const handled = new BoundedSet<string>(REMEMBERED);
  const running = new Set<Promise<void>>();
  let stopping = false;

  /** Whether this is the first time an interaction is seen. */
  function isNew(id: string): boolean {
    if (handled.has(id)) return false;
    handled.add(id);
    return true;
  }

  async function runCommand(interaction: ChatInputCommandInteraction): Promise<void> {
    const command = byName.get(interaction.commandName);
    if (command !== undefined) return command.run(interaction);
    return responses.replyPrivately(interaction, translate(interaction.locale)('refusal.command'));
  }

  async function runMessageCommand(interaction: MessageContextMenuCommandInteraction): Promise<void> {
    const command = messageCommandsByName.get(interaction.commandName);
    if (command !== undefined) return command.run(interaction);
    return responses.replyPrivately(interaction, translate(interaction.locale)('refusal.command'));
  }

  async function useComponent(
    interaction: ButtonInteraction | StringSelectMenuInteraction | ModalSubmitInteraction,
  ): Promise<void> {
    const { action = '', jobId = '' } = parseCustomId(interaction.customId) ?? {};
    if (interaction.isButton()) {
      const button = buttonsByAction.get(action);
      if (button !== undefined) return button.press(interaction, jobId);
    } else if (interaction.isStringSelectMenu()) {
      const select = selectsByAction.get(action);
      if (select !== undefined) return select.choose(interaction, jobId);
    } else {
      const form = formsByAction.get(action);
      if (form !== undefined) return form.submit(interaction, jobId);
    }
    return responses.replyPrivately(interaction, translate(interaction.locale)('refusal.gone'));
  }

  async function dispatch(interaction: Interaction): Promise<void> {
    if (interaction.isAutocomplete()) return byName.get(interaction.commandName)?.complete?.(interaction);
    if (!isRepliable(interaction)) return;
    if (stopping) await responses.replyPrivately(interaction, givenBack(interaction, 'refusal.stopping'));
    else if (interaction.isChatInputCommand()) await runCommand(interaction);
    else if (interaction.isMessageContextMenuCommand()) await runMessageCommand(interaction);
    else await useComponent(interaction);
  }

  /** What was typed for an interaction; what cannot be read of it is what it may have failed of. */
  function typedIn(interaction: Repliable): UncheckedOptions | undefined {
    try {
      if (interaction.isChatInputCommand()) return byName.get(interaction.commandName)?.typed?.(interaction);
      if (!interaction.isModalSubmit()) return undefined;
      const { action = '', jobId = '' } = parseCustomId(interaction.customId) ?? {};
      return formsByAction.get(action)?.typed(interaction, jobId);
    } catch {
      return undefined;
    }
  }

  /** The sentence for an interaction of which nothing comes, with what was typed for it. */
  function givenBack(interaction: Repliable, key: 'refusal.stopping' | 'refusal.unexpected'): string | ReplyMessage {
    const t = translate(interaction.locale);
    return giveBack(t(key), { id: interaction.id, options: typedIn(interaction), later: true, t });
  }

  /** It may have been acknowledged before it failed, or not: one of the two ways is open. */
  async function tellFailure(interaction: Repliable): Promise<void> {
    const message = givenBack(interaction, 'refusal.unexpected');
    try {
      await wholeOrSentence(message, (form) => responses.replyPrivately(interaction, form));
    } catch {
      // Brought twice, it may have been acknowledged elsewhere or before a restart: its job goes on, and so does its reply.
      if (await hasBegun(interaction.id)) return;
      await wholeOrSentence(message, (form) => responses.followUpAfterFailure(interaction, form));
    }
  }

  async function failed(interaction: Interaction, error: unknown): Promise<void> {
    if (error instanceof DiscordAPIError && NOBODY_WAITS.has(error.code)) {
      log.info({ interaction: interaction.id, code: error.code }, 'an interaction was answered too late or elsewhere');
      return;
    }
    log.error({ interaction: interaction.id, err: error }, 'an interaction failed');
    if (!isRepliable(interaction)) return;
    await tellFailure(interaction).catch((cause: unknown) => {
      log.warn({ interaction: interaction.id, err: cause }, 'a person could not be told that something went wrong');
    });
  }

  return {
    async handle(interaction) {
      if (!isNew(interaction.id)) return;
      const done = dispatch(interaction).catch((error: unknown) => failed(interaction, error));
      running.add(done);
      await done;
      running.delete(done);
    },
    async stop() {
      stopping = true;
      await Promise.allSettled(running);
    },
  };
}
