/** A bot under test that can be killed at a named commit, and what must hold when everything has come to its end. */
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { DiscordStandInOptions, Interaction } from '../../playground/discord/stand-in.ts';
import type { RunComfyOptions, StandInJob } from '../../playground/runcomfy/stand-in.ts';
import { ARRIVES_WITHIN } from '../../src/services/discord/reply.ts';
import { createProcessStage, type ProcessStage } from '../support/bot.ts';
import { jobsOf, submitted } from '../support/runcomfy.ts';
import { shows } from '../support/waiting.ts';
import { expectDelivered, messagesWithPictures } from '../support/delivered.ts';
import { liveJobs, readStore } from '../support/store-contents.ts';

const KILL_AT_COMMIT = new URL('kill-at-commit.ts', import.meta.url).href;

/** How long a test waits for one thing, in milliseconds: several bots start at once on a busy machine. */
export const PATIENCE = 60_000;

/** When nothing has been heard of the bot for so long, it waits for its time (milliseconds). */
const QUIET = 500;

/** A commit to the store, by what it writes (see `kill-at-commit.ts`), and on which side of it the process ends. */
export interface Boundary {
  when: 'before' | 'after';
  commit: string;
}

/** What a job must come to. */
export type Outcome =
  /** Its pictures stand in Discord once, complete and in order; counted; submitted once. */
  | 'delivered'
  /** It may have been billed: never submitted again, told with the cost, counted. */
  | 'unknown'
  /** RunComfy cancelled it, or was never asked: told, not counted. */
  | 'cancelled'
  /** Never begun: nothing submitted, nothing counted. */
  | 'lost';

export interface Request {
  interaction: Interaction;
  prompt: string;
  count: number;
}

export interface KillHarness extends ProcessStage {
  /** Has the bot's process end at this commit of a request's job. */
  killAt(boundary: Boundary, request: Request): void;
  /** Resolves once the bot has been killed and started again. */
  killedAndStarted(): Promise<void>;
  /** What the commits so far wrote, in order. */
  commits(): string[];
  /** Gives the command for a job, by a member who has asked for nothing before; `killAt` as above. */
  ask(options: { prompt: string; count: number; private?: boolean; killAt?: Boundary }): Request;
  /** RunComfy's job of a request, once it has been submitted. */
  job(request: Request): Promise<StandInJob>;
  /** Resolves once all pictures of a request stand in Discord. */
  whole(request: Request): Promise<void>;
  /** Resolves once the member has been told that the outcome is unknown. */
  toldUnknown(request: Request): Promise<void>;
  /** Resolves once nothing of the last job is left to be done but to make sure of its end and to file it. */
  idle(): Promise<void>;
  /** What a killed bot had sent may arrive for half a minute after the next start: lets that pass, once nothing is under way. */
  letLateEditsArrive(): Promise<void>;
  /** Resolves once every job is filed. */
  filed(): Promise<void>;
  /** Waits until every job is filed, starts the bot anew, and checks every request against its outcome. */
  expectOutcomes(outcomes: [Request, Outcome][]): Promise<void>;
}

/** A stage whose RunComfy generates nothing by itself: a test starts and finishes jobs. */
export async function createKillHarness({
  discord,
  runcomfy,
  environment,
}: {
  discord?: Partial<DiscordStandInOptions>;
  runcomfy?: Partial<RunComfyOptions>;
  environment?: Record<string, string>;
} = {}): Promise<KillHarness> {
  const folder = mkdtempSync(join(tmpdir(), 'seedream-kill-'));
  const plan = join(folder, 'plan.json');
  const log = join(folder, 'commits.txt');
  const stage = await createProcessStage({
    timePasses: true,
    preloads: [KILL_AT_COMMIT],
    // Ten bots at once make a busy machine: the deadline of an acknowledgement is another test's.
    discord: { acknowledgeWithinMs: 30_000, ...discord },
    runcomfy: { held: true, ...runcomfy },
    environment: {
      KILL_PLAN: plan,
      COMMIT_LOG: log,
      LIMIT_GUILD_ACTIVE_JOBS: '1000',
      LIMIT_GUILD_DAILY_IMAGES: '10000',
      LIMIT_GUILD_MONTHLY_IMAGES: '10000',
      ...environment,
    },
  });

  async function expectOutcome(request: Request, outcome: Outcome): Promise<void> {
    const { interaction, prompt, count } = request;
    const jobs = jobsOf(stage, prompt);
    const store = await readStore(stage, interaction);
    expect(store.live, 'the live record').toBeUndefined();
    expect(store.finished, 'the finished record').toBe(outcome === 'lost' ? undefined : outcome);
    expect(store.userDailyImages, 'images counted').toBe(outcome === 'delivered' || outcome === 'unknown' ? count : 0);
    expect(store.held, 'reservations held').toBe(0);
    switch (outcome) {
      case 'delivered':
        expect(jobs, 'submits').toHaveLength(1);
        expectDelivered(stage, request);
        break;
      case 'unknown':
        expect(jobs.length, 'submits').toBeLessThanOrEqual(1);
        expect(interaction.original?.embeds[0]?.description).toContain('may have been made and charged (up to $');
        expect(messagesWithPictures(stage, request)).toEqual([]);
        break;
      case 'cancelled':
        expect(jobs.map(({ state }) => state)).toEqual(jobs.length === 0 ? [] : ['cancelled']);
        expect(interaction.original?.embeds[0]?.title).toContain('Cancelled');
        break;
      case 'lost':
        expect(jobs, 'submits').toEqual([]);
    }
  }

  function arm(boundary: Boundary, { id: userId }: { id: string }): void {
    writeFileSync(`${plan}.new`, JSON.stringify({ ...boundary, userId }));
    renameSync(`${plan}.new`, plan);
  }

  /** Calls to Discord that are under way, and when the last one came or went (milliseconds). */
  const underWay = new Set<number>();
  let lastCall = Date.now();
  stage.discord.on((event) => {
    if (event.type !== 'request' && event.type !== 'response') return;
    lastCall = Date.now();
    if (event.type === 'request') underWay.add(event.id);
    else underWay.delete(event.id);
  });

  async function letLateEditsArrive(): Promise<void> {
    const patience = AbortSignal.timeout(PATIENCE);
    // What is under way would be taken for unanswered.
    while (underWay.size > 0 || Date.now() - lastCall < QUIET) await delay(100, undefined, { signal: patience });
    await stage.pass(ARRIVES_WITHIN);
  }

  async function filed(): Promise<void> {
    const patience = AbortSignal.timeout(PATIENCE);
    while (liveJobs(stage) > 0) {
      await letLateEditsArrive();
      await delay(QUIET, undefined, { signal: patience });
    }
  }

  const commits = () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []);

  const dispose = stage[Symbol.asyncDispose].bind(stage);
  return Object.assign(stage, {
    killAt(boundary: Boundary, { interaction }: Request) {
      arm(boundary, interaction.user);
    },
    async killedAndStarted() {
      const late = setTimeout(() => stage.bot.process.kill('SIGTERM'), PATIENCE);
      await stage.bot.exited;
      clearTimeout(late);
      expect(stage.bot.process.signalCode, stage.bot.output()).toBe('SIGKILL');
      rmSync(plan, { force: true });
      underWay.clear();
      await stage.start();
    },
    commits,
    letLateEditsArrive,
    filed,
    async idle() {
      const patience = AbortSignal.timeout(PATIENCE);
      for (;;) {
        const last = commits().findLast((commit) => !/^(estimates|models|balances)$/.test(commit));
        if (last?.endsWith('settled') === true || last?.endsWith('delete cancellations') === true) return;
        await letLateEditsArrive();
        await delay(20, undefined, { signal: patience });
      }
    },
    ask({
      prompt,
      count,
      private: ephemeral = false,
      killAt,
    }: {
      prompt: string;
      count: number;
      private?: boolean;
      killAt?: Boundary;
    }) {
      const { guilds, channels } = stage.discord;
      const member = stage.discord.addMember(guilds.home, { name: prompt });
      if (killAt !== undefined) arm(killAt, member.user);
      const interaction = stage.discord.command({
        member,
        channel: channels.general,
        name: 'seedream',
        options: { prompt, count, ...(ephemeral && { private: true }) },
      });
      return { interaction, prompt, count };
    },
    job: ({ prompt }: Request) => submitted(stage, prompt, PATIENCE),
    async whole(request: Request) {
      const files = () => messagesWithPictures(stage, request).flatMap(({ attachments }) => attachments);
      await stage.discord.until(() => files().length >= request.count, PATIENCE);
    },
    async toldUnknown({ interaction }: Request) {
      await shows(interaction, 'Outcome unknown');
    },
    async expectOutcomes(outcomes: [Request, Outcome][]) {
      await filed();
      expect(await stage.bot.stop(), stage.bot.output()).toBe(0);
      await stage.start();
      expect(await stage.bot.stop(), stage.bot.output()).toBe(0);
      for (const [request, outcome] of outcomes) {
        try {
          await expectOutcome(request, outcome);
        } catch (error) {
          throw new Error(`"${request.prompt}" is not ${outcome} as it must be`, { cause: error });
        }
      }
      expect(stage.runcomfy.violations).toEqual([]);
    },
    async [Symbol.asyncDispose]() {
      await dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  });
}
