/** RunComfy and Discord as the job machine meets them, with everything they were ever asked for. A kill of the bot leaves it as it is. */
import { z } from 'zod';
import type { Job } from '../../../../src/services/job/job.ts';
import type { Downloads } from '../../../../src/services/pictures/download.ts';
import { picturesIn } from '../../../../src/services/messages/gallery.ts';
import type { Posted } from '../../../../src/services/discord/message/posted.ts';
import { ReplyTrouble } from '../../../../src/services/discord/faults.ts';
import type { MessageBody } from '../../../../src/services/discord/message/message-call.ts';
import type { ReplyMessage } from '../../../../src/services/messages/messages.ts';
import { RunComfyError, type ResultAnswer, type StatusAnswer } from '../../../../src/services/runcomfy/runcomfy.ts';
import type { Body } from '../../../../src/services/models/models.ts';
import { pictureOf } from '../../../support/picture.ts';

/** How RunComfy meets a submit, the first one of a job and those after it alike. */
export type Fate =
  | 'made'
  | 'made slowly'
  | 'made after a wait'
  | 'failed'
  | 'nothing made'
  | 'refused'
  | 'no balance'
  | 'answer lost, taken'
  | 'answer lost'
  | 'lost later';

/** What the world reads of a submit. */
const bodySchema = z.union([
  z.object({ text: z.string(), sequential_image_generation_options: z.int() }),
  // Of a model that makes one picture a request.
  z
    .object({ prompt: z.string() })
    .transform(({ prompt }) => ({ text: prompt, sequential_image_generation_options: 1 })),
]);

/** What an image costs, in millionths of a US dollar. */
export const IMAGE_COSTS = 30_000;

/** How often a request that is made slowly is found generating. */
const SLOW_LOOKS = 6;

interface RemoteJob {
  text: string;
  images: number;
  fate: Fate;
  state: 'in_queue' | 'in_progress' | 'completed' | 'cancelled';
  billed: boolean;
  /** Looks that found it generating. */
  looks: number;
}

export interface SimulatedWorld {
  /** What happens to the job of a text, told before it is submitted; to each of its requests, where there are several. */
  setFate(text: string, fate: Fate, ...further: Fate[]): void;
  /** The next so many looks, downloads and posts fail. */
  disturb(times: number): void;
  api: {
    submit(request: { model: string; body: Body }): { requestId: string };
    status(requestId: string): StatusAnswer;
    result(requestId: string): ResultAnswer;
    cancel(requestId: string): 'cancelled' | 'not_cancellable';
  };
  download: Downloads['download'];
  post(job: Job, number: number, message: ReplyMessage): Promise<Posted>;
  /** Edits a message that stands: what it keeps stays, what comes along is added. */
  amend(job: Job, number: number, message: MessageBody): Promise<Posted>;
  /** Submits that made a job, by text. */
  taken(text: string): number;
  /** Images that are billed now, of all jobs or one text's. */
  billed(text?: string): number;
  /** The pictures of a job that stand in Discord, in the order of its messages. */
  pictures(jobId: string): number[];
  /** What stands in the reply of a job that has no gallery. */
  told(jobId: string): ReplyMessage | undefined;
}

export function createSimulatedWorld(): SimulatedWorld {
  const fates = new Map<string, Fate[]>();
  const jobs: RemoteJob[] = [];
  const messages = new Map<string, { jobId: string; number: number; message: ReplyMessage; files: string[] }>();
  let disturbances = 0;
  const refusedOnce = new Set<string>();

  function find(requestId: string): RemoteJob {
    const job = jobs[Number(requestId.replace('request-', ''))];
    if (job === undefined || job.fate === 'lost later') throw new RunComfyError('not_found', 'as the test has it');
    return job;
  }

  function disturbed(): boolean {
    if (disturbances === 0) return false;
    disturbances -= 1;
    return true;
  }

  function disturbLook(): void {
    if (disturbed()) throw new RunComfyError('unavailable', 'as the test has it');
  }

  function take(text: string, images: number, fate: Fate): string {
    jobs.push({ text, images, fate, state: 'in_queue', billed: true, looks: 0 });
    return `request-${jobs.length - 1}`;
  }

  /** Each look finds a job one state further. */
  function progress(job: RemoteJob): void {
    if (job.state === 'in_queue') job.state = 'in_progress';
    else if (job.state === 'in_progress') {
      job.looks += 1;
      if (job.fate === 'made slowly' && job.looks < SLOW_LOOKS) return;
      job.state = 'completed';
      if (job.fate === 'failed') job.billed = false;
    }
  }

  return {
    setFate: (text, ...each) => void fates.set(text, each),
    disturb(times) {
      disturbances = times;
    },
    api: {
      submit({ body }) {
        const { text, sequential_image_generation_options: images } = bodySchema.parse(body);
        const [fate = 'made', ...further] = fates.get(text) ?? [];
        if (further.length > 0 && fate !== 'made after a wait') fates.set(text, further);
        if (further.length > 0 && fate === 'made after a wait' && refusedOnce.has(text)) fates.set(text, further);
        switch (fate) {
          case 'refused':
            throw new RunComfyError('input', fate);
          case 'no balance':
            throw new RunComfyError('balance', fate);
          case 'answer lost, taken':
            take(text, images, fate);
            throw new RunComfyError('outcome_unknown', fate);
          case 'answer lost':
            throw new RunComfyError('outcome_unknown', fate);
          case 'made after a wait':
            if (!refusedOnce.has(text)) {
              refusedOnce.add(text);
              throw new RunComfyError('rate', fate);
            }
            return { requestId: take(text, images, fate) };
          case 'made':
          case 'made slowly':
          case 'failed':
          case 'nothing made':
          case 'lost later':
            return { requestId: take(text, images, fate) };
        }
      },
      status(requestId) {
        disturbLook();
        const job = find(requestId);
        const { state } = job;
        progress(job);
        return state === 'in_queue' ? { status: state, position: 0 } : { status: state };
      },
      result(requestId) {
        disturbLook();
        const { fate, images, billed: isBilled } = find(requestId);
        const billed = isBilled ? images * IMAGE_COSTS : 0;
        if (fate === 'failed') return { status: 'failed', reason: undefined, billed };
        const made = fate === 'nothing made' ? 0 : images;
        const urls = Array.from({ length: made }, (_, index) => `https://assets/${requestId}/${index + 1}.png`);
        return { status: 'succeeded', images: urls, videos: [], billed };
      },
      cancel(requestId) {
        disturbLook();
        const job = find(requestId);
        if (job.state !== 'in_queue') return 'not_cancellable';
        job.state = 'cancelled';
        job.billed = false;
        return 'cancelled';
      },
    },
    download: () => Promise.resolve(pictureOf(Buffer.from('a picture'), { format: 'png', width: 1, height: 1 })),
    post(job, number, message) {
      if (disturbed()) return Promise.reject(new ReplyTrouble('as the test has it'));
      // An edit in place, or a new message that its nonce keeps from being made twice.
      const known = messages.get(`${job.id}-${number}`);
      const files = number > 1 && known !== undefined ? known.files : (message.files ?? []).map(({ name }) => name);
      messages.set(`${job.id}-${number}`, { jobId: job.id, number, message, files });
      const attachments = files.map((name) => ({ id: name, name }));
      return Promise.resolve({ channelId: job.channelId, messageId: `${job.id}-${number}`, files, attachments });
    },
    amend(job, number, message) {
      if (disturbed()) return Promise.reject(new ReplyTrouble('as the test has it'));
      const known = messages.get(`${job.id}-${number}`);
      if (known === undefined || !('embeds' in message)) throw new Error('No such message stands');
      const { kept = [], files: added = [] } = message;
      for (const id of kept) if (!known.files.includes(id)) throw new Error(`The message has no file ${id}`);
      const has = new Set([...kept, ...added.map(({ name }) => name)]);
      // As people see them: embeds show their pictures in their own order.
      const shown = message.embeds.map(({ image }) => (image?.url ?? '').replace('attachment://', ''));
      const files = [...new Set([...shown.filter((name) => has.has(name)), ...has])];
      messages.set(`${job.id}-${number}`, { ...known, message, files });
      const attachments = files.map((name) => ({ id: name, name }));
      return Promise.resolve({ channelId: job.channelId, messageId: `${job.id}-${number}`, files, attachments });
    },
    taken: (text) => jobs.filter((job) => job.text === text).length,
    billed: (text) =>
      jobs
        .filter((job) => job.billed && (text === undefined || job.text === text))
        .reduce((sum, { images }) => sum + images, 0),
    pictures: (jobId) =>
      [...messages.values()]
        .filter((one) => one.jobId === jobId)
        .sort((one, other) => one.number - other.number)
        .flatMap(({ files }) => picturesIn({ id: jobId }, files)),
    told: (jobId) => messages.get(`${jobId}-1`)?.message,
  };
}
