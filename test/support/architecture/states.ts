/** The transitions of a job, as docs/architecture.md draws them and as the code makes them: `from --> to : event`. */
import { advance, TransitionError, type Job, type JobEvent, type JobState } from '../../../src/services/job/job.ts';
import { NOON, sampleJob, type SampleState } from '../sample-job.ts';

/** Every arrow of the document's state diagram; one from a group of states is one from each of them. */
export function transitionsDrawn(document: string): string[] {
  const [, diagram = ''] = /^stateDiagram-v2\n([\s\S]*?)^```/m.exec(document) ?? [];
  const members = new Map<string, Set<string>>();
  const arrows: { from: string; to: string; events: string[] }[] = [];
  let group: string | undefined;
  for (const line of diagram.split('\n')) {
    group = /state .* as (\w+) \{/.exec(line)?.[1] ?? (line.trim() === '}' ? undefined : group);
    const [, from = '', to = '', events = ''] = /^\s*(\w+) --> (\w+) : (.+)$/.exec(line) ?? [];
    if (from === '') continue;
    arrows.push({ from, to, events: events.split(', ') });
    if (group !== undefined) members.set(group, (members.get(group) ?? new Set()).add(from).add(to));
  }
  return arrows
    .flatMap(({ from, to, events }) =>
      [...(members.get(from) ?? [from])].flatMap((state) => events.map((event) => `${state} --> ${to} : ${event}`)),
    )
    .toSorted();
}

const requestId = 'a-request';
const POSTED = { number: 1, channelId: '1', messageId: '2', pictures: [1] };
const made = { requestId, images: ['https://a.example/1.png'], videos: [], posted: [] };

/** Every state, by its name; completed and delivered are two, for what was given up, all or in part, can be opened again. */
const STATES: { [Name in JobState['name']]: Extract<SampleState, { name: Name }>[] } = {
  reserved: [{ name: 'reserved' }],
  submitting: [{ name: 'submitting' }],
  in_queue: [{ name: 'in_queue', requestId }],
  in_progress: [{ name: 'in_progress', requestId }],
  completed: [
    { name: 'completed', ...made, givenUp: false },
    { name: 'completed', ...made, givenUp: true },
  ],
  delivered: [
    { name: 'delivered', ...made },
    { name: 'delivered', ...made, images: ['https://a.example/1.png', 'https://a.example/2.png'], posted: [POSTED] },
  ],
  failed: [{ name: 'failed', failure: 'model' }],
  cancelled: [{ name: 'cancelled' }],
  unknown: [{ name: 'unknown' }],
};

const EVENTS: { [Type in JobEvent['type']]: Extract<JobEvent, { type: Type }> } = {
  submitting: { type: 'submitting' },
  not_taken: { type: 'not_taken' },
  submitted: { type: 'submitted', requestId },
  queued: { type: 'queued', position: 1 },
  started: { type: 'started' },
  missed: { type: 'missed' },
  found: { type: 'found' },
  refreshed: { type: 'refreshed', references: [{ url: 'https://cdn.discordapp.com/attachments/1/1/1.png' }] },
  succeeded: { type: 'succeeded', images: [], videos: [] },
  posting: { type: 'posting', number: 1, messageId: undefined },
  posted: { type: 'posted', message: POSTED },
  delivered: { type: 'delivered' },
  given_up: { type: 'given_up', refused: false },
  reopened: { type: 'reopened', reply: sampleJob().reply, deadline: NOON },
  failed: { type: 'failed', failure: 'model', reason: undefined },
  cancelled: { type: 'cancelled' },
  unknown: { type: 'unknown' },
};

/** Every arrow that the code knows: each event tried in each state. */
export function transitionsMade(): string[] {
  const made = Object.values(STATES)
    .flat()
    .flatMap((state) =>
      Object.values(EVENTS).flatMap((event) => {
        const after = stateAfter(sampleJob({ state }), event);
        return after === undefined ? [] : [`${state.name} --> ${after} : ${event.type}`];
      }),
    );
  return [...new Set(made)].toSorted();
}

function stateAfter(job: Job, event: JobEvent): JobState['name'] | undefined {
  try {
    return advance(job, event, NOON).state.name;
  } catch (error) {
    if (error instanceof TransitionError) return undefined;
    throw error;
  }
}
