/** The state of the page: what streams in of the stand-ins, who the viewer is, and which channel is open. */

/** @typedef {{ id: string, name: string, bot: boolean, locale: string, directMessages: string | null }} User */
/** @typedef {{ id: string, guildId: string | null, name: string, parentId: string | null }} Channel */
/** @typedef {{ id: string, name: string, members: { userId: string, role: string }[] }} Guild */

export const state = {
  /** @type {{ botId: string, maxFileBytes: number, users: User[], guilds: Guild[], channels: Channel[], commands: any[] }} */
  world: { botId: '', maxFileBytes: 0, users: [], guilds: [], channels: [], commands: [] },
  /** @type {Map<string, any>} */
  messages: new Map(),
  /** @type {Set<string>} messages that a person has dismissed */
  dismissed: new Set(),
  /** @type {Map<string, any>} commands that are being sent or failed, by interaction */
  sendings: new Map(),
  /** @type {Map<string, 'waiting' | 'failed'>} presses by message and custom id */
  presses: new Map(),
  /** @type {any} */
  controls: null,
  /** @type {Map<number, any>} */
  log: new Map(),
  connected: false,
  /** What the server's clock is ahead of this one (milliseconds). */
  ahead: 0,
  userId: '',
  channelId: '',
};

/** @type {Map<string, Set<(detail?: any) => void>>} */
const listeners = new Map();

/**
 * Calls the listener whenever something of this name changes.
 *
 * @param {'world' | 'message' | 'gone' | 'place' | 'controls' | 'log' | 'connection' | 'sending' | 'press' | 'modal' | 'snapshot' | 'jump' | 'begin' | 'focus-box' | 'show-control'} name
 * @param {(detail?: any) => void} listener
 */
export function on(name, listener) {
  listeners.set(name, (listeners.get(name) ?? new Set()).add(listener));
}

export function changed(name, detail) {
  for (const listener of listeners.get(name) ?? []) listener(detail);
}

export const now = () => Date.now() + state.ahead;
export const user = (id = state.userId) => state.world.users.find((one) => one.id === id);
export const channel = (id = state.channelId) => state.world.channels.find((one) => one.id === id);
export const guild = (id = channel()?.guildId) => state.world.guilds.find((one) => one.id === id);

/** The guilds somebody is in. */
export const guildsOf = (userId = state.userId) =>
  state.world.guilds.filter(({ members }) => members.some((member) => member.userId === userId));

/** The channel that a guild opens with: the bot's own. */
export function firstChannel(guildId) {
  const channels = state.world.channels.filter((one) => one.guildId === guildId && !one.parentId);
  return (channels.find(({ name }) => name === 'pictures') ?? channels[0])?.id ?? '';
}

/** Whether somebody can see a channel. */
function sees(userId, one) {
  if (!one) return false;
  return one.guildId ? guildsOf(userId).some(({ id }) => id === one.guildId) : user(userId)?.directMessages === one.id;
}

/** Opens a channel, as a person. Where that person can't be, the first channel they can see. */
export function go({ userId = state.userId, channelId = state.channelId }) {
  const wanted = channel(channelId);
  const own = wanted?.guildId === null && userId !== state.userId ? user(userId)?.directMessages : channelId;
  state.userId = userId;
  state.channelId = sees(userId, channel(own ?? '')) ? (own ?? '') : firstChannel(guildsOf(userId)[0]?.id);
  try {
    sessionStorage.setItem('place', JSON.stringify({ userId: state.userId, channelId: state.channelId }));
  } catch {
    // A browser without storage starts from the first channel each time.
  }
  changed('place');
}

/** The messages of the channel that the viewer sees, in order. */
export function visibleMessages() {
  return [...state.messages.values()]
    .filter(
      (message) =>
        message.channelId === state.channelId &&
        (message.visibleTo === null || message.visibleTo === state.userId) &&
        !state.dismissed.has(message.id),
    )
    .sort((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1));
}

/** Posts to the server. @returns {Promise<any>} the answer; rejects with the reason as its message. */
export async function post(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer;
}

/** What was sent from this window and is not answered yet, and the interactions that came of what was. */
const sending = new Set();
const own = new Set();

/** Sends what the viewer does in Discord. */
export async function sendAction(body) {
  const answer = post('/action', body);
  sending.add(answer);
  try {
    const { interactionId } = await answer;
    if (interactionId) own.add(interactionId);
  } finally {
    sending.delete(answer);
  }
  return answer;
}

/** Whether an interaction is this window's: the same person may have others open. */
export async function isOwn(interactionId) {
  // The bot's answer may be here before the server's to what was sent.
  await Promise.allSettled(sending);
  return own.has(interactionId);
}

/** How long a command must be on its way before the page shows it (milliseconds). */
const SHOW_SENDING_AFTER = 300;

const pressKey = ({ messageId, customId }) => `${messageId} ${customId}`;
export const pressOf = (messageId, customId) => state.presses.get(pressKey({ messageId, customId }));

function onInteraction(event) {
  if (event.messageId && event.customId) {
    const key = pressKey(event);
    if (event.state === 'answered') state.presses.delete(key);
    else if (event.userId === state.userId) state.presses.set(key, event.state === 'sent' ? 'waiting' : 'failed');
    changed('press', event);
    return;
  }
  if (!event.command) return;
  // What failed stands where it was sent, and what comes after it goes below.
  const at = sentAt.get(event.id) ?? now();
  if (event.state === 'answered') state.sendings.delete(event.id);
  else if (event.state === 'failed') state.sendings.set(event.id, { ...event, at });
  else {
    sentAt.set(event.id, at);
    setTimeout(() => {
      if (!state.sendings.has(event.id) && !answered.has(event.id)) {
        state.sendings.set(event.id, { ...event, at });
        changed('sending');
      }
    }, SHOW_SENDING_AFTER);
  }
  if (event.state === 'answered') answered.add(event.id);
  changed('sending');
}

const answered = new Set();

/** When each command was sent. @type {Map<string, number>} */
const sentAt = new Map();

/** Starts listening to the server; the first snapshot begins everything. */
export function connect() {
  const stream = new EventSource('/events');
  const subscribe = (type, listener) => stream.addEventListener(type, (event) => listener(JSON.parse(event.data)));
  subscribe('snapshot', (snapshot) => {
    state.world = snapshot.world;
    state.messages = new Map(snapshot.messages.map((message) => [message.id, message]));
    state.controls = snapshot.controls;
    state.log = new Map(snapshot.log.map((entry) => [entry.id, entry]));
    state.ahead = snapshot.now - Date.now();
    state.connected = true;
    changed('connection');
    changed('snapshot');
  });
  subscribe('world', (world) => {
    state.world = world;
    changed('world');
  });
  subscribe('message', (message) => {
    const isNew = !state.messages.has(message.id);
    state.messages.set(message.id, message);
    changed('message', { message, isNew });
  });
  subscribe('gone', ({ id }) => {
    state.messages.delete(id);
    changed('gone', id);
  });
  subscribe('controls', (controls) => {
    state.controls = controls;
    changed('controls');
  });
  subscribe('log', (entry) => {
    state.log.set(entry.id, entry);
    changed('log', entry);
  });
  subscribe('interaction', onInteraction);
  subscribe('modal', (modal) => changed('modal', modal));
  stream.addEventListener('error', () => {
    state.connected = false;
    changed('connection');
  });
}
