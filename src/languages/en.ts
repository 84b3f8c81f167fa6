/** Every sentence a person reads, in English. The other languages hold the same keys and placeholders. */
export const en = {
  state: {
    submitting: 'Sending the request …',
    waiting: 'Waiting for RunComfy to take the request',
    waitingHint: 'RunComfy is busy or out of reach. The request is sent again by itself; nothing is paid so far.',
    in_queue: 'In the queue',
    in_queue_position: 'In the queue · position {{position}}',
    in_progress: 'Generating',
    completed: 'Finished · fetching the pictures',
    failed: 'No pictures',
    cancelled: 'Cancelled',
    unknown: 'Outcome unknown',
  },
  field: {
    by: 'Requested by',
    pictures: 'Pictures',
    size: 'Size',
    seed: 'Seed',
    started: 'Asked',
    expected: 'Expected',
    time: 'Time',
    quality: 'Quality',
  },
  cancelled: {
    text: 'Cancelled before it began. Nothing was charged, and the pictures count against no limit.',
  },
  failure: {
    refused: 'RunComfy refused the request. Nothing was charged. Change the prompt and try again.',
    authentication:
      "RunComfy does not accept this bot's API key. Nothing was charged. Please tell the person who hosts the bot.",
    balance: "This bot's RunComfy balance is used up. Nothing was charged. Please tell the person who hosts the bot.",
    model:
      'RunComfy could not make these pictures; its content filter may have refused them. They count against no limit. Change the prompt and try again.',
    not_taken: 'RunComfy could not be reached in time. Nothing was charged. Please try again later.',
    deadline:
      'RunComfy did not finish in time, so the job was given up. It may still be charged (up to {{cost}}), so it stays counted.',
    no_pictures:
      'RunComfy finished without a single picture. It may have charged {{cost}}, so the job stays counted. Try another prompt.',
    reason: 'RunComfy says: {{reason}}',
  },
  unknown: {
    text: 'The connection to RunComfy broke before it answered. The job may have been made and charged (up to {{cost}}), so it stays counted and is not sent again by itself. You can start it again if you wish.',
    lost: 'RunComfy no longer knows this job. It may have been charged (up to {{cost}}), so it stays counted.',
  },
  gallery: {
    delivered: '{{delivered}} of {{asked}}',
    part: 'Pictures {{from}} to {{to}}',
    partOne: 'Picture {{from}}',
    late: 'Late picture {{number}} of {{asked}}',
    fewer: 'RunComfy made {{made}} of the {{asked}} pictures; some may not have passed its content filter.',
    missing_one: '{{count}} picture could not be fetched yet. I keep trying until {{until}}.',
    missing_other: '{{count}} pictures could not be fetched yet. I keep trying until {{until}}.',
    lost_one: '{{count}} picture could not be fetched: {{links}}',
    lost_other: '{{count}} pictures could not be fetched: {{links}}',
    reencoded: 'Too heavy for Discord as made, so compressed. Originals: {{links}}',
    videos: 'Videos: {{links}}',
    more: 'More pictures of this job follow here.',
    elsewhere: 'Your pictures from {{channel}}. They could not be posted there.',
    elsewhereText: 'About your request in {{channel}}:',
    undelivered: 'The pictures are made, but Discord would not take them.',
  },
  button: { cancel: 'Cancel', again: 'Again', edit: 'Edit', seed: 'Seed', remove: 'Remove' },
  edit: {
    title: 'Edit and ask again',
    prompt: 'What the pictures should show',
    count: 'How many pictures (1 to {{max}})',
    size: 'Size',
  },
  seed: {
    text: 'Seed **{{seed}}**. The same settings with this seed make similar pictures:',
  },
  remove: {
    stranger: 'Only the person who asked for it, or a member with Manage Messages, can remove these pictures.',
    running: 'This job is not finished yet. Nothing was removed; please try again when all its pictures are here.',
    trouble: 'Discord did not let me remove all of it; please try again.',
    done: 'Removed. The pictures stay counted, as they were paid for.',
  },
  cancel: {
    done: 'Cancelled. Nothing was charged.',
    late: 'Too late to cancel: RunComfy has begun with the pictures.',
    over: 'There is nothing left to cancel: this job is finished.',
    trouble: 'RunComfy did not answer. I try to cancel again with the next look; the message shows what came of it.',
    stranger: 'Only the person who asked for it, or a member with Manage Messages, can cancel this job.',
    asked: 'The job is cancelled before it is sent, if it still can be; the message shows what came of it.',
  },
  refusal: {
    guildOnly: 'This works in servers only.',
    permissions:
      'I need these permissions in this channel first: {{permissions}}. Nothing was charged. Ask an admin of the server to add them.',
    stopping: 'The bot is restarting. Nothing was charged; please try again in a minute.',
    store: 'The bot cannot reach its storage right now. Nothing was charged; please try again in a minute.',
    storeCancel: 'The bot cannot reach its storage right now, so the job goes on. Please press again in a minute.',
    paused_authentication:
      "RunComfy does not accept this bot's API key, so no requests are sent for now. Nothing was charged. Please tell the person who hosts the bot. Next try {{at}}.",
    paused_balance:
      "This bot's RunComfy balance is used up, so no requests are sent for now. Nothing was charged. Please tell the person who hosts the bot. Next try {{at}}.",
    gone: 'I no longer know this job.',
    unexpected: 'Something went wrong on my side. Nothing was charged by this press; please try again.',
    seed: 'The seed must be a whole number from 0 to {{max}}.',
    choice: 'I do not know that choice. Nothing was charged; please pick one from the list.',
  },
  prompt: {
    empty: 'The prompt is empty. Nothing was charged; say what the pictures should show.',
    too_long:
      'The prompt is too long: it has {{length}} characters, and {{max}} fit. Nothing was charged; please shorten it.',
    mismatch:
      'The prompt asks for {{stated}} pictures and the option count says {{count}}. Nothing was charged; make both the same or leave count out.',
    ambiguous:
      'The prompt names more than one number of pictures ({{numbers}}). Nothing was charged; name one, or use the option count alone.',
    out_of_range:
      'This asks for {{number}} pictures; a job can have 1 to {{max}}. Nothing was charged; change the number.',
    above_job_limit:
      'This asks for {{number}} pictures; a job can have at most {{max}} here. Nothing was charged; change the number.',
  },
  limit: {
    userActiveJobs:
      'You have {{used}} of {{allowed}} jobs running. Nothing was charged; try again when one of them is finished.',
    guildActiveJobs:
      'This server has {{used}} of {{allowed}} jobs running. Nothing was charged; try again when one of them is finished.',
    userDailyImages:
      'You have used {{used}} of your {{allowed}} pictures today, and this asks for {{asked}}. Nothing was charged. It frees {{frees}}.',
    guildDailyImages:
      'This server has used {{used}} of its {{allowed}} pictures today, and this asks for {{asked}}. Nothing was charged. It frees {{frees}}.',
    guildMonthlyImages:
      'This server has used {{used}} of its {{allowed}} pictures this month, and this asks for {{asked}}. Nothing was charged. It frees {{frees}}.',
    totalMonthlyImages:
      'This bot has used {{used}} of its {{allowed}} pictures this month over all servers, and this asks for {{asked}}. Nothing was charged. It frees {{frees}}.',
  },
  permission: {
    ViewChannel: 'View Channel',
    SendMessages: 'Send Messages',
    SendMessagesInThreads: 'Send Messages in Threads',
    EmbedLinks: 'Embed Links',
    AttachFiles: 'Attach Files',
  },
  quality: { fast: 'fast', standard: 'standard' },
  command: {
    seedream: {
      text: 'Make pictures with Seedream 4.0',
      prompt: 'What the pictures should show',
      count: 'How many pictures (3 if neither this nor the prompt says)',
      size: 'Width, height and shape (2560:1440 if not given)',
      seed: 'The same seed and prompt make similar pictures (random if not given)',
      quality: 'standard is better and slower (fast if not given)',
      private: 'Only you see the pictures',
      spoiler: 'The pictures are blurred until clicked',
    },
  },
};
