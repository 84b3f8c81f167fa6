/** What a slash command and a button are: their definition as data, and a thin handler. */
import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
  RESTPostAPIContextMenuApplicationCommandsJSONBody,
  StringSelectMenuInteraction,
} from 'discord.js';
import type { UncheckedOptions } from '../start-job/options.ts';

/** An interaction that a message can respond to. */
export type Repliable =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ButtonInteraction
  | StringSelectMenuInteraction
  | ModalSubmitInteraction;

/** One that a form can respond to. */
export type Opening = Exclude<Repliable, ChatInputCommandInteraction | ModalSubmitInteraction>;

export interface Command {
  /** What Discord is told of it. */
  definition: RESTPostAPIChatInputApplicationCommandsJSONBody;
  /** As in its definition. */
  name: string;
  /** Handles one use of it. Acknowledges within 3 seconds, before anything slow. */
  run(interaction: ChatInputCommandInteraction): Promise<void>;
  /** What was typed into it, to be given back where it cannot be handled; left out where nothing is. */
  typed?(interaction: ChatInputCommandInteraction): UncheckedOptions | undefined;
  /** Offers choices while an option is typed, if one of its options has them. Likewise within 3 seconds. */
  complete?(interaction: AutocompleteInteraction): Promise<void>;
}

/** A command in the menu of a message. */
export interface MessageCommand {
  /** What Discord is told of it; `undefined` while it is not offered. */
  definition: RESTPostAPIContextMenuApplicationCommandsJSONBody | undefined;
  /** As in its definition. */
  name: string;
  /** Handles one use of it. Acknowledges within 3 seconds, before anything slow. */
  run(interaction: MessageContextMenuCommandInteraction): Promise<void>;
}

export interface Button {
  /** The part of its custom id before the job's id: `<action>:<job id>`. Small letters, and up to two digits after them. */
  action: string;
  /** Handles one press of it. Acknowledges within 3 seconds, before anything slow. */
  press(interaction: ButtonInteraction, jobId: string): Promise<void>;
}

/** A select under a message. */
export interface Select {
  /** As a button's. */
  action: string;
  /** Handles one choice. Acknowledges within 3 seconds, before anything slow. */
  choose(interaction: StringSelectMenuInteraction, jobId: string): Promise<void>;
}

/** A modal: what a button, a select or a command has shown, filled in and sent. */
export interface Form {
  /** As a button's. */
  action: string;
  /** Handles it. Acknowledges within 3 seconds, before anything slow. */
  submit(interaction: ModalSubmitInteraction, jobId: string): Promise<void>;
  /** As a command's. */
  typed(interaction: ModalSubmitInteraction, jobId: string): UncheckedOptions | undefined;
}

/** Reads a custom id of ours; `undefined` for any other, which may be forged. */
export function parseCustomId(customId: string): { action: string; jobId: string } | undefined {
  const match = /^([a-z]+\d{0,2}):(\d{17,20})$/.exec(customId);
  const [, action, jobId] = match ?? [];
  return action === undefined || jobId === undefined ? undefined : { action, jobId };
}
