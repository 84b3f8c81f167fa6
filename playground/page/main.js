/** The page: a view over the stand-ins' state. */
import './styles/theme.js';
import './styles/component-styles.js';
import { connect, firstChannel, go, on, state } from './store.js';
import { startChannel } from './channel/channel.js';
import { startComposer } from './composer/composer.js';
import { startFirstVisit } from './channel/first-visit.js';
import { startHeader } from './channel/header.js';
import { startModals } from './modal/modal.js';
import { startPanel } from './panel/panel.js';
import { startSidebar } from './sidebar/sidebar.js';
import { startTicking } from './message/message.js';

/** Where one was before the page was loaded again. */
function placeBefore() {
  try {
    return JSON.parse(sessionStorage.getItem('place') ?? '{}');
  } catch {
    return {};
  }
}

/** Who one is at first: an ordinary member of the first server. */
function settle() {
  if (
    state.world.users.some(({ id }) => id === state.userId) &&
    state.world.channels.some(({ id }) => id === state.channelId)
  )
    return;
  const { userId, channelId } = placeBefore();
  const [home] = state.world.guilds;
  const member = home?.members.find(({ role }) => role === 'member')?.userId ?? '';
  const known = state.world.users.some(({ id }) => id === userId);
  go({ userId: known ? userId : member, channelId: known ? channelId : firstChannel(home?.id) });
}

on('snapshot', settle);
startSidebar();
startHeader();
startFirstVisit();
startPanel();
startChannel();
startComposer();
startModals();
startTicking();
connect();
