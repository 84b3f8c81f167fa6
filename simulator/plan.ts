/**
 * What is going to happen in a history beside what the bot does: people's acts and the world's faults, drawn from the seed
 * before it begins. A plan is data, so a history that fails can be shrunk by taking acts and faults out of it.
 */

/** What people do. A moment is in milliseconds since the history's begin; `of` is the id of an earlier act. */
export type Act = { id: string; at: number } & (
  | {
      kind: 'command';
      command: 'seedream';
      member: string;
      guild: string;
      channel: string;
      /** Options as they were typed, files by their names, `#2` for the second choice; the prompt bears a word that no other act has. */
      options: Record<string, string | number | boolean>;
      /** That word. */
      marker: string;
      /** Milliseconds that Discord takes until a process has it; more than 3000 is too late. */
      late?: number;
      /** How often the gateway brings it, replayed ones among them. */
      times?: number;
      /**
       * Takes in place of its prompt what was offered to an earlier act for what was being typed: a long one, or the choice of this
       * place, from 1, where there is one. Now and then Discord's client sends a choice's name where its value was meant.
       */
      picks?: { of: string; place: number; byName: boolean };
    }
  | {
      kind: 'command';
      command: 'limits' | 'words' | 'usage' | 'history' | 'privacy' | 'help';
      member: string;
      guild: string;
      channel: string;
      /** A subcommand, where there is one, stands under `subcommand`. */
      options: Record<string, string | number | boolean>;
      late?: number;
      times?: number;
    }
  /**
   * Presses a button under the messages of an earlier act; where there is none by then, nothing happens. A name that ends with
   * `*` is that of the first button which begins so. Of several messages that have it the newest one's is pressed, or the oldest one's.
   */
  | { kind: 'press'; member: string; of: string; button: string; oldest?: true }
  /**
   * Sends the form that an earlier act opened. What is chosen of several stands with commas between: under `pictures` the word
   * `same` and the places, from 1, of pictures that are offered, under `files` the names of files.
   */
  | { kind: 'send_form'; member: string; of: string; fields: Record<string, string>; marker: string }
  /** Chooses in a select under the messages of an earlier act: the choice of this place, from 1. */
  | { kind: 'choose'; member: string; of: string; select: string; choice: number }
  /** Posts a message with these files: what each is its name says. */
  | { kind: 'post'; member: string; guild: string; channel: string; files: string[] }
  /** Uses a command of a message's menu, on the newest message that an earlier act has led to. */
  | { kind: 'message_command'; command: 'Edit with Seedream'; member: string; of: string }
  /** Deletes the newest message of an earlier act: a moderator the bot's, everybody their own. */
  | { kind: 'delete_message'; member: string; of: string }
  | { kind: 'delete_channel'; channel: string }
  | { kind: 'permissions'; channel: string; lacking: string[] }
  /** Locks and archives a thread (a channel whose name begins with `thread`), or opens it again. */
  | { kind: 'archive_thread'; channel: string; archived: boolean }
  /** Gives a member these roles and no others. */
  | { kind: 'roles'; member: string; guild: string; roles: string[] }
  /** Types a prompt's beginning, for which choices are offered. */
  | { kind: 'complete'; member: string; guild: string; channel: string; typed: string }
  | { kind: 'time_out_bot'; guild: string; for: number }
  | { kind: 'close_direct_messages'; member: string }
  /** The person who hosts the bot. */
  | { kind: 'operator'; does: 'stop' | 'kill' | 'restart' | 'upgrade'; process: number; down: number }
);

/** What goes wrong. */
export type Fault = { id: string } &
  /** From one moment to another, calls to somebody go wrong in one way, each with this probability. */
  (
    | {
        kind: 'trouble';
        with: 'discord' | 'runcomfy' | 'store' | 'assets' | 'gateway';
        trouble: string;
        from: number;
        until: number;
        probability: number;
      }
    /** A process is killed at its call of this number from a moment on, before the call leaves or before its answer is taken. */
    | { kind: 'kill_at_call'; process: number; call: number; side: 'before' | 'after'; down: number; from: number }
    /** Where a call is named: at its call of this number from that moment on, before the call leaves or as its answer is taken. */
    | { kind: 'freeze'; process: number; at: number; for: number; call?: number; side?: 'before' | 'after' }
    | { kind: 'clock_jump'; process: number; at: number; by: number }
    /** One process is cut off from the store; where a call is named, from the answer to its call of this number on. */
    | { kind: 'cut_off'; process: number; from: number; until: number; call?: number }
    /** The store fails over: what was not synced is lost, or connections end. */
    | { kind: 'fail_over'; at: number; lost: boolean }
    /** What becomes of requests at RunComfy: of those whose prompt bears this word, the one of this number, from 1. */
    | { kind: 'request'; marker: string; number: number; fate: string }
    /** The addresses of files that Discord signs hold for so long (milliseconds): else for a day. */
    | { kind: 'addresses'; life: number }
  );

/** Somebody who acts; their name is in their acts. */
export interface Person {
  name: string;
  guild: string;
  /** Whether they have Manage Server (an admin) or Manage Messages (a moderator). */
  role: 'member' | 'moderator' | 'admin';
}

export interface Plan {
  seed: number;
  /** Milliseconds of virtual time in which people act and faults come. */
  length: number;
  /** Acts and faults name them by numbers from 1. */
  processes: number;
  /** Settings of the bot, by their names in the environment; what is not here has its default. */
  settings?: Readonly<Record<string, string>>;
  /** Those who act in it, with what they may; who is not here may what every member may. */
  people?: readonly Person[];
  acts: Act[];
  faults: Fault[];
}
