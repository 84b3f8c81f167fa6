/** Every sentence a person reads, in English. The other languages hold the same keys and placeholders. */
export const en = {
  state: {
    submitting: 'Sending it to RunComfy …',
    waiting: 'Waiting for RunComfy to take the job',
    waitingHint: 'RunComfy is busy or out of reach. The job is sent again by itself; nothing is paid so far.',
    silent: 'RunComfy does not answer properly right now. I keep asking; if it stays like that, I give up {{until}}.',
    in_queue: 'In the queue',
    in_queue_next: 'In the queue · next',
    in_progress: 'Generating',
    completed: 'Finished · fetching the pictures',
    failed: 'No pictures',
    cancelled: 'Cancelled',
    unknown: 'Outcome unknown',
    lost: 'The bot has lost its records',
    in_queue_ahead_one: 'In the queue · {{count}} job ahead of you',
    in_queue_ahead_other: 'In the queue · {{count}} jobs ahead of you',
    withdrawn: 'Withdrawn',
    expected: 'ready {{at}}',
    soon: 'any moment now',
    late: 'longer than usual',
    byDirectMessage:
      'This takes long, and Discord lets me change this message only a little longer: the pictures will come to you by direct message.',
  },
  field: { pictures: 'Pictures' },
  cancelled: {
    text: 'Cancelled before it began. Nothing was charged, and the pictures count against no limit.',
    by: 'Cancelled by {{by}}. Nothing was charged, and the pictures count against no limit.',
    withdrawn:
      'Still in the queue after {{span}}, so I withdrew it. Nothing was charged, and the pictures count against no limit.',
  },
  failure: {
    refused: 'RunComfy refused the job. Nothing was charged. Change the prompt and try again.',
    authentication: 'The bot is not set up right; its host has been told. Nothing was charged. Please try again later.',
    balance: 'The bot is not set up right; its host has been told. Nothing was charged. Please try again later.',
    gone: 'RunComfy does not know the model that this bot asks for. Nothing was charged. Please try again later.',
    model:
      'RunComfy could not make these pictures; its content filter may have refused them. They count against no limit. Change the prompt and try again.',
    not_taken:
      'RunComfy did not take the job within {{span}}, so I withdrew it. Nothing was charged. Please try again later.',
    deadline:
      'Not finished after {{span}}, so I gave it up. It may still be charged (up to {{cost}}), so it stays counted.',
    no_pictures:
      'RunComfy finished without a single picture. It may have charged {{cost}}, so the job stays counted. Try another prompt.',
    unreadable:
      'RunComfy finished, but its answer could not be read, so there are no pictures to show. It may have charged {{cost}}, so the job stays counted. Please tell the person who hosts the bot.',
    reason: 'RunComfy says: {{reason}}',
    reference_gone:
      'Before the job could be sent, a picture that it starts from could no longer be had. Nothing was charged. Press Edit and give another one.',
    reference_unreachable:
      'RunComfy could not fetch a picture that this starts from. Nothing was charged. Press Edit and give it again as a file.',
    reference_unsuitable:
      'RunComfy does not take a picture that this starts from: it is too large, or of a shape or kind that it cannot use. Nothing was charged. Press Edit and give another one.',
    reference_moderated:
      "RunComfy's content filter refused a picture that this starts from. Nothing was charged. Press Edit and give another one.",
  },
  unknown: {
    text: 'The connection to RunComfy broke before it answered. The job may have been made and charged (up to {{cost}}), so it stays counted and is not sent again by itself. You can start it again if you wish.',
    lost: 'RunComfy no longer knows this job. It may have been charged (up to {{cost}}), so it stays counted.',
  },
  lost: {
    text: 'The bot has lost its records, and with them this job. The pictures may still be made and charged (up to {{cost}}), but they can no longer be brought here, and they may be missing in the limits. Once the person who hosts the bot has looked into it, you can ask again, which is charged anew.',
  },
  gallery: {
    ends_failed: 'Not made: {{count}}. Nothing is charged for that, and it counts against no limit.',
    ends_cancelled: 'Cancelled: {{count}}. Nothing is charged for that, and it counts against no limit.',
    ends_cancelledBy: 'Cancelled by {{by}}: {{count}}. Nothing is charged for that, and it counts against no limit.',
    ends_perhaps: 'Unclear: {{count}}. That may have been charged, so it stays counted.',
    delivered: '{{delivered}} of {{asked}}',
    surplus: '{{delivered}}, for {{asked}} asked',
    part: 'Pictures {{from}} to {{to}}',
    partOne: 'Picture {{from}}',
    fewer: 'RunComfy made {{made}} of the {{asked}} pictures; some may not have passed its content filter.',
    missing_one: '{{count}} picture could not be fetched yet. I keep trying, and give up {{until}}.',
    missing_other: '{{count}} pictures could not be fetched yet. I keep trying, and give up {{until}}.',
    lost_one: '{{count}} picture could not be fetched: {{links}}',
    lost_other: '{{count}} pictures could not be fetched: {{links}}',
    reencoded: 'Too heavy for Discord as made, so compressed. Originals: {{links}}',
    videos: 'Videos: {{links}}',
    unshowable_one: '{{count}} picture cannot be shown by Discord as it is: {{links}}',
    unshowable_other: '{{count}} pictures cannot be shown by Discord as they are: {{links}}',
    notAllowed_one:
      '{{count}} picture is on a host that I may not fetch from. Who hosts me has been told; once that is mended, /history can bring it.',
    notAllowed_other:
      '{{count}} pictures are on a host that I may not fetch from. Who hosts me has been told; once that is mended, /history can bring them.',
    links: 'Their addresses, as long as RunComfy keeps them: {{links}}',
    unposted_one:
      '{{count}} picture could not be posted here; /history can bring it while RunComfy keeps it: {{links}}',
    unposted_other:
      '{{count}} pictures could not be posted here; /history can bring them while RunComfy keeps them: {{links}}',
    inFile: 'in the attached file',
    refused:
      'The pictures are made, but Discord refused to show them here. Open /history and press Deliver to get them privately.',
    moved: 'The pictures of this job were sent elsewhere, as they could not be shown here.',
    more: 'More pictures of this job follow here.',
    elsewhere: 'Your pictures from {{channel}}. They could not be posted there.',
    undelivered: 'The pictures are made, but they could not be brought here.',
    expired:
      'The pictures could not be fetched. RunComfy keeps them for a limited time, so their links have probably expired. They stay counted.',
    ends_withdrawn:
      'Still in the queue after {{span}}, so withdrawn: {{count}}. Nothing is charged for that, and it counts against no limit.',
  },
  button: { cancel: 'Cancel', again: 'Again', edit: 'Edit', seed: 'Seed', remove: 'Remove' },
  edit: {
    title: 'Edit and ask again',
    prompt: 'What the pictures should show',
    count: 'How many pictures (1 to {{max}})',
    size: 'Size',
    use: 'Use picture …',
    pictureTitle: 'Edit with Seedream',
    from: 'Start from',
    files: 'More pictures to start from',
    picture: 'Picture {{number}}',
    same_one: 'The same picture as before',
    same_other: 'The same {{count}} pictures as before',
    quality: 'Quality',
    seed: 'Seed (empty: a new one)',
    flags: 'Here you can add {{flags}}.',
    kept: 'Kept: {{options}}.',
    asBefore: '{{flag}} (as before)',
  },
  seed: {
    text: 'Seed **{{seed}}**. To ask with the same settings again:',
    pictures_one: 'It started from {{count}} picture: give it again with the option picture.',
    pictures_other:
      'It started from {{count}} pictures: give them again with the options picture, picture2 and picture3, or press Again.',
  },
  remove: {
    stranger: 'Only the person who asked for it, or a member with Manage Messages, can remove these pictures.',
    running: 'This job is not finished yet. Nothing was removed; please try again when all its pictures are here.',
    trouble: 'Discord did not let me remove all of it; please try again.',
    standing_one:
      '{{count}} message with pictures still stands: I have no access to where it is. Once I have, press Remove again.',
    standing_other:
      '{{count}} messages with pictures still stand: I have no access to where they are. Once I have, press Remove again.',
    private:
      'Removed here. Further messages with its pictures, which only you see, are out of my reach: please dismiss them yourself. The pictures stay counted, as they were paid for.',
    done: 'Removed. The pictures stay counted, as they were paid for.',
    forgotten:
      'Removed this message. I no longer know its job, so further messages with its pictures, should there be any, stay. The pictures stay counted, as they were paid for.',
  },
  cancel: {
    part: 'Cancelled: {{cancelled}}. These are being made, or made: {{kept}}.',
    late: 'Too late to cancel: RunComfy has begun with the pictures.',
    over: 'There is nothing left to cancel: this job is finished.',
    trouble: 'RunComfy did not answer. I try to cancel again with the next look; the message shows what came of it.',
    stranger: 'Only the person who asked for it, or a member with Manage Messages, can cancel this job.',
  },
  refusal: {
    guildOnly: 'This works in servers only. Please use it in one that I am in.',
    permissions:
      'I need these permissions in this channel first: {{permissions}}. Ask an admin of the server to add them.',
    stopping: 'The bot is restarting. Nothing was charged; please try again in a minute.',
    store: 'The bot cannot reach its storage right now. Nothing was charged; please try again in a minute.',
    recordsLost:
      'The bot has lost its records, so it takes no jobs for now. Nothing was charged for this. Please tell the person who hosts the bot: they have to look into it first.',
    storeUnsure:
      'The bot cannot reach its storage, so it does not know yet whether your job was taken. As far as it knows, nothing has been sent to RunComfy. If the job was taken, its pictures come here; if not, nothing is charged. Please look here again in a few minutes before you ask once more, as both could be charged.',
    unreadable:
      "This server's settings cannot be read in full, so you can ask for no pictures here now. Somebody with Manage Server can set them anew: /limits show says which.",
    storeCancel: 'The bot cannot reach its storage right now, so the job goes on. Please press again in a minute.',
    gone: 'I no longer know this job. You can ask anew with /seedream.',
    storeRead: 'The bot cannot reach its storage right now. Please try again in a minute.',
    command: 'I do not know this command (any more). /help shows what I can do.',
    unexpected: 'Something went wrong on my side. Nothing was charged by this press; please try again.',
    seed: 'The seed must be a whole number from 0 to {{max}}. Press Edit to change it; left empty, a new one is drawn.',
    privately:
      'This job is private, and from here it would be seen by all. Press Edit below to ask for it privately, or Again in /history.',
    choice: 'I do not know that choice. Please pick one from the list.',
    paused:
      'The bot is not set up right; its host has been told. Until that is mended it takes no jobs; next try {{at}}.',
  },
  model: {
    choice: '{{model}} · {{price}} a picture',
    gone: "RunComfy no longer offers the model that this bot uses; the bot's host has been told. Please try again later.",
    unmet: "RunComfy has changed how this model is asked; the bot's host has been told. Please try again later.",
    over: '{{model}} is no longer offered.',
    next: '{{gone}} is no longer offered, so this is made with **{{model}}** ({{price}} a picture).',
    size: '{{model}} does not have the size {{size}}. Choose one that it has: {{sizes}}.',
    noSize: 'No size can be chosen with {{model}}. Please leave the size out.',
    off: 'This bot takes no pictures to start from. Ask again without one.',
    textOnly: '{{model}} cannot start from pictures. Leave them out, or choose another model.',
    picturesOnly: '{{model}} needs a picture to start from. Please add one.',
    editingGone:
      'RunComfy no longer offers the model that starts from pictures. You can still ask without pictures. Please tell the person who hosts the bot.',
  },
  references: {
    from_one: 'from {{count}} picture',
    from_other: 'from {{count}} pictures',
    alt: 'The first picture that this starts from',
    too_many: 'That is {{given}} pictures to start from, and at most {{max}} can be. Please give fewer.',
    too_few: 'This model needs at least {{min}} pictures to start from. Please add some.',
    format: 'Picture {{number}} is not a PNG, JPEG or WebP file. Please give another one.',
    too_heavy: 'Picture {{number}} is larger than {{max}} MB. Please give a smaller file.',
    too_many_pixels: 'Picture {{number}} has more than {{max}} megapixels. Please make it smaller.',
    ratio: 'One side of picture {{number}} is more than {{max}} times the other. Please crop it.',
    elsewhere:
      'Picture {{number}} cannot be passed on: only pictures that Discord itself has can be. Please give it as a file.',
    expired:
      "Picture {{number}} can no longer be had: Discord's address of it has expired, or its message is gone. Please give it again or use another one.",
    together:
      'Pictures to start from and pictures to make can be {{most}} together at most, and these are {{given}} and {{asked}}. With these, up to {{max}} can be made.',
    barred: 'This server does not allow starting from pictures. Ask without them.',
    none: 'This message has no picture that I can start from. /seedream takes one as a file, by its option picture.',
    forgotten: 'I no longer know the pictures that this started from. Press Edit and give them again.',
    formLost:
      'I was restarted meanwhile and no longer know which pictures this form was for. Use the command on the message again, or press Edit and give the pictures as files.',
  },
  suggestion: {
    gone: 'I do not know the prompt that this suggestion stands for. Please type the prompt or pick another suggestion.',
    cut: 'This looks like a suggestion whose end is cut off ("…"), and I do not know the whole prompt. Please pick it from the list again or type it out. If this is all of it, leave out the "…".',
    several:
      'Several of your earlier prompts begin like this, and I cannot tell which one is meant. Please pick one from the list again or type it out.',
  },
  prompt: {
    empty: 'The prompt is empty. Say what the pictures should show.',
    too_long: 'The prompt is too long: it has {{length}} characters, and {{max}} fit. Please shorten it.',
    mismatch:
      'The prompt asks for {{stated}} pictures and the option count says {{count}}. Make both the same or leave count out.',
    ambiguous:
      'The prompt names more than one number of pictures ({{numbers}}). Name one, or use the option count alone.',
    unsure:
      'I cannot tell how many pictures this asks for: {{numbers}} may be the number, or part of what they show. Press a number below, or give it with the option count.',
    out_of_range: 'This asks for {{number}} pictures; a job can have 1 to {{max}}. Change the number.',
    above_job_limit: 'This asks for {{number}} pictures; a job can have at most {{max}} here. Change the number.',
  },
  limit: {
    userActiveJobs: 'You have {{used}} of {{allowed}} jobs running. Try again when one of them is finished.',
    guildActiveJobs: 'This server has {{used}} of {{allowed}} jobs running. Try again when one of them is finished.',
    userDailyImages:
      'You have used {{used}} of your {{allowed}} pictures today, and this asks for {{asked}}. It resets {{resets}}.',
    guildDailyImages:
      'This server has used {{used}} of its {{allowed}} pictures today, and this asks for {{asked}}. It resets {{resets}}.',
    guildMonthlyImages:
      'This server has used {{used}} of its {{allowed}} pictures this month, and this asks for {{asked}}. It resets {{resets}}.',
    totalMonthlyImages:
      'This bot has used {{used}} of its {{allowed}} pictures this month over all servers, and this asks for {{asked}}. It resets {{resets}}.',
  },
  usage: {
    title: 'Pictures used',
    you: 'You',
    server: 'This server',
    total: 'All servers of this bot',
    today: '{{used}} of {{allowed}} today',
    month: '{{used}} of {{allowed}} this month',
    running: '{{used}} of {{allowed}} jobs running',
    perJob_one: 'A job can have {{count}} picture here.',
    perJob_other: 'A job can have up to {{count}} pictures here.',
    cost: 'Cost, at {{price}} a picture',
    costToday: 'Today: {{pictures}} · {{cost}}',
    costMonth: 'This month: {{pictures}} · {{cost}}',
    costRecent: 'Last {{days}} days: {{pictures}} · {{cost}}',
    pictures_one: '{{count}} picture',
    pictures_other: '{{count}} pictures',
    byMember: 'Last {{days}} days, by member',
    others: 'Others',
    nothing: 'No pictures in the last {{days}} days.',
    alt: 'Bar chart of pictures a day over the last {{days}} days, stacked by member: {{total}} in all, most on {{day}} ({{most}}).',
    all: {
      only: 'Only those who host this bot see this.',
      month: 'This month, all servers',
      billed: 'Billed by RunComfy: {{cost}}',
      estimated: 'Estimated: {{cost}}',
      unknown: 'Of it, nobody knows whether it was billed: {{cost}}. `npm run statement` lists these requests.',
      balance: 'RunComfy balance',
      noBalance: 'RunComfy did not tell it.',
      servers: 'Servers with most pictures this month: billed (estimated)',
      none: 'Nothing yet.',
    },
    resets: 'Resets',
    resetsDay: "today's: {{at}}",
    resetsMonth: "this month's: {{at}}",
  },
  history: {
    title: 'Your jobs in this server',
    empty: 'You have no jobs in this server that I still know. Try /seedream.',
    delivered: 'Delivered',
    removed: 'Delivered, then removed',
    undelivered: 'Made, but not delivered',
    partly: 'Delivered in part',
    undeliveredHint:
      'The pictures could not be brought to Discord. Press Deliver to get them here, as long as RunComfy keeps them.',
    forgotten: 'Details no longer kept',
    message: 'Go to the message',
    again: 'Again {{number}}',
    deliver: 'Deliver {{number}}',
    newer: 'Newer',
    older: 'Older',
    kept_one: 'Kept for {{count}} day. /privacy says more.',
    kept_other: 'Kept for {{count}} days. /privacy says more.',
    confirm: 'Once more, with a new seed? That costs {{cost}}.',
    privateHint:
      'Discord has forgotten it by now or will soon. Deliver brings the pictures here again, as long as RunComfy keeps them.',
  },
  deliver: {
    running: 'This job is not finished, or its pictures are on their way already. Look again in a minute.',
    over: 'There is nothing to deliver for this job.',
    justNow: 'Its pictures have only just come; they are still there.',
  },
  privacy: {
    title: 'Privacy',
    kept: 'What is kept',
    requests_one:
      'Your jobs, with prompt, settings, server, channel, your user id, links to the pictures and the addresses of those they started from: for {{count}} day after they end.',
    requests_other:
      'Your jobs, with prompt, settings, server, channel, your user id, links to the pictures and the addresses of those they started from: for {{count}} days after they end.',
    counts:
      'How many pictures you asked for and when, with your user id, for limits and cost: for up to {{days}} days. Admins of a server see it by member.',
    where: 'Where',
    whereText:
      'With whoever hosts this bot. RunComfy gets the prompt, its settings and the addresses of pictures to start from, not who asked. The pictures are in Discord, and for a limited time at RunComfy.',
    not: 'What is not kept',
    notText: 'Messages: the bot does not read them. Pictures: they are passed on to Discord.',
    delete: 'Deleting',
    deleteText:
      'The button below deletes your finished jobs in all servers, and takes your name off the counts. Galleries in Discord stay; Remove under each deletes it. What an admin set for a server stays, with who set it.',
    erase: 'Delete my data',
    confirm:
      'Delete your finished jobs in all servers, with their prompts? Your history will be empty, and pictures that could not be delivered yet are lost. The pictures stay counted, without your name. This cannot be undone.',
    confirmErase: 'Yes, delete',
    keep: 'Keep',
    left: 'Nothing was deleted.',
    erased_one: '{{count}} job was deleted.',
    erased_other: '{{count}} jobs were deleted.',
    none: 'There was nothing to delete.',
    today:
      'What you asked for today counts against your limit until midnight (UTC); your name is taken off it within the hour after that.',
    running_one: '{{count}} job is still running and was kept. Delete it here once it is finished.',
    running_other: '{{count}} jobs are still running and were kept. Delete them here once they are finished.',
    trouble:
      'The bot cannot reach its storage right now, so not everything was deleted. Please use /privacy again in a minute.',
  },
  help: {
    title: 'Pictures with {{models}}',
    text: 'Tell me what the pictures should show; I make them and bring them here, also when I am restarted in between.',
    options: 'Options of /seedream',
    optionsText:
      '**count** how many pictures; the prompt can say it too ("5 pictures of cats")\n**size** the shape: landscape, portrait, square\n**picture** a picture to start from; picture2 and picture3 for more\n**seed** to ask with the same settings again\n**quality** fast or standard\n**private** only you see them\n**spoiler** blurred until clicked\n**model** which model makes them',
    limits: 'Limits',
    limitsText:
      'Pictures are limited by day and month (UTC), and jobs by how many run at once; **/usage** shows what is left. What is refused, fails at RunComfy or is cancelled in time counts against nothing.',
    buttons: 'Buttons',
    buttonsText:
      '**Cancel** while a job is in the queue\n**Again** the same with a new seed\n**Edit** the same with changes\n**Seed** shows seed and settings to copy\n**Remove** deletes the pictures from Discord; it frees nothing',
    more: 'More',
    moreText:
      '**/history** your jobs; brings pictures that did not come, or that Discord forgot\n**/usage** what is used, and when it resets\n**/privacy** what is kept, and how to delete it',
    pictures: 'Starting from pictures',
    picturesText:
      '**Use picture …** under a gallery starts from one of its pictures\n**Edit** takes pictures of the gallery, and files\n**Edit with Seedream** in the Apps menu of any message with pictures',
    examples: 'Try it',
    examplesText:
      '{{command}} a lighthouse at dawn, watercolour\n{{command}} 4 photos of a fox in the snow\n{{command}} a neon street in the rain --ar 9:16',
    admins: 'For admins',
    adminsText:
      '**/limits** see and set what this server, its members and roles may use\n**/words** words that prompts may not hold\n**/usage** shows you who used how much, and what it cost',
  },
  barred: {
    user: 'You cannot ask for pictures in this server: your limit is 0. An admin of the server can change that.',
    guild: 'Nobody can ask for pictures in this server: its limit is 0. An admin of the server can change that.',
    total: 'This bot makes no pictures: its limit over all servers is 0. Please tell the person who hosts the bot.',
  },
  guild: {
    stranger: 'Only members with Manage Server, and the person who hosts this bot, can do that.',
    store:
      'The bot cannot reach its storage right now, so nothing may have been changed. Please look again in a minute.',
  },
  limits: {
    title: 'Limits of this server',
    days: 'Days and months begin at midnight UTC.',
    total: 'Pictures a month, all servers',
    roles: 'Pictures a day for each member with a role',
    changes: 'Last changes',
    used: '**{{used}}** of **{{limit}}** used',
    usedByYou: '**{{limit}}** · you have used **{{used}}**',
    plain: '**{{limit}}**',
    ceiling: 'can be set up to {{ceiling}}',
    set: 'Set to {{value}} by {{by}} {{at}}',
    raised: 'Raised to {{value}} by the host {{by}} {{at}}',
    setBy: 'set by {{by}} {{at}}',
    none: 'none',
    changed: '**{{name}}**: was **{{before}}**, is **{{after}}** from now on. It can be set up to {{ceiling}}.',
    above:
      '**{{name}}** cannot be set above **{{ceiling}}** here. Nothing was changed; only the person who hosts this bot can raise it.',
    range: '**{{name}}** must be a whole number from {{min}} to {{max}}. Nothing was changed.',
    resetLine: '**{{name}}**: was **{{before}}**, is **{{after}}** from now on.',
    unreadable:
      'Could not be read: {{names}}. Members are refused until it is set anew with /limits or /words, or dropped with /limits reset. What else is set holds.',
    dropped: 'What could not be read was dropped. Look at /limits show and /words list, and set anew what is missing.',
    resetNothing: 'These are the defaults already. Nothing was changed.',
    role: "Pictures a day for each member with {{role}}: was **{{before}}**, is **{{after}}** from now on. The best of a member's roles counts.",
    rolesFull: 'At most {{max}} roles can have a number of their own. Nothing was changed; take one away first.',
    references: 'Starting from pictures',
    allowed: 'allowed',
    notAllowed: 'not allowed',
    referencesSet: '**{{name}}**: was **{{before}}**, is **{{after}}** from now on.',
    defaults: 'Where nothing else is said, a limit is the default.',
  },
  words: {
    refused:
      'This prompt holds a word that this server does not allow. Please word it differently: Edit has it as you typed it.',
    added:
      'Added **{{word}}**: from now on a prompt that holds it is refused. That makes {{count}} of at most {{max}} words.',
    removed: 'Removed **{{word}}**. Words left: {{count}}.',
    known: '**{{word}}** is on the list already, perhaps in another spelling.',
    unknown: '**{{word}}** is not on the list.',
    nothing: 'A word needs a letter, a figure or an emoji. Nothing was changed.',
    too_long: 'A word can have at most {{max}} characters. Nothing was changed.',
    full: 'The list is full: it has {{max}} words. Nothing was changed; remove one first.',
    empty: 'There are no words on the list.',
    title: 'Words not allowed in prompts ({{count}} of at most {{max}})',
  },
  host: {
    balance:
      'RunComfy says that your balance is **{{balance}}**, which is less than **{{threshold}}** (`BALANCE_WARNING_USD`). Once it is used up, jobs are refused; nothing is charged for those. Top it up on https://www.runcomfy.com. I tell you again when it has been above that and falls below once more.',
    assets:
      "The pictures of a job stand on **{{origin}}**, which I may not fetch from, so nobody gets them. If that is RunComfy's, add it to `RUNCOMFY_ASSET_HOSTS` and start me again; members can then get their pictures from /history.",
    modelGone:
      'RunComfy no longer has the model **{{name}}** (`{{id}}`), so jobs are refused for now; nothing is charged for them. Choose another one on https://www.runcomfy.com/models, name it in `RUNCOMFY_MODELS` (such as `{{example}}`) and start me again; `npm run doctor -- --model {{example}}` shows whether I can use it. Should RunComfy offer {{name}} again, I go on by myself.',
    modelNext:
      'RunComfy no longer has the model **{{name}}** (`{{id}}`). New jobs are made with `{{next}}`, the next one in `RUNCOMFY_MODELS`. Take `{{id}}` out of that list when you can; should RunComfy offer it again before, I go back to it by myself.',
    modelUnmet:
      "RunComfy's model **{{name}}** (`{{id}}`) no longer takes what I send, in the field `{{field}}` ({{problem}}), so no new jobs are made with it. Nothing is charged for that. A newer version of me may know the new way; until then name another model in `RUNCOMFY_MODELS` (such as `{{example}}`) and start me again. `npm run doctor` shows what I can use.",
    editingGone:
      'RunComfy no longer has the model **{{name}}** (`{{id}}`), with which pictures are edited, so jobs that start from pictures are refused for now; nothing is charged for them. All others go on. Should RunComfy offer it again, I go on by myself; `REFERENCES=off` takes the options away.',
    editingUnmet:
      "RunComfy's model **{{name}}** (`{{id}}`), with which pictures are edited, no longer takes what I send, in the field `{{field}}` ({{problem}}), so jobs that start from pictures are refused. Nothing is charged for that, and all others go on. A newer version of me may know the new way; `REFERENCES=off` takes the options away.",
    authentication:
      'RunComfy does not accept my API key (`RUNCOMFY_TOKEN`), so jobs fail and, after three in a row, are refused; nothing is charged for them. Make a new key on https://www.runcomfy.com, set it and start me again; `npm run doctor` shows whether it is taken.',
    empty:
      'My RunComfy balance is used up, so jobs fail and, after three in a row, are refused; nothing is charged for them. Top it up on https://www.runcomfy.com; I go on by myself within a minute.',
  },
  ceiling: {
    at80: 'This month ({{month}}, UTC) this bot has used **{{used}}** of the **{{allowed}}** pictures that `LIMIT_TOTAL_MONTHLY_IMAGES` allows over all servers: **80 %** is reached. It starts afresh {{frees}}.',
    at100:
      'This month ({{month}}, UTC) this bot has used **{{used}}** of the **{{allowed}}** pictures that `LIMIT_TOTAL_MONTHLY_IMAGES` allows over all servers: **100 %** is reached, and further jobs are refused. It starts afresh {{frees}}.',
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
    usage: { text: 'What you and this server have used, and when it resets' },
    history: { text: 'Your own jobs in this server, newest first' },
    privacy: { text: 'What this bot keeps, for how long, and how to delete your data' },
    help: { text: 'What this bot does: options, limits and buttons' },
    seedream: {
      text: 'Make pictures with {{models}}',
      prompt: 'What the pictures should show',
      count: 'How many pictures ({{number}} if neither this nor the prompt says)',
      size: 'Shape of the pictures ({{size}} if not given)',
      seed: 'To ask with the same settings again (random if not given)',
      quality: 'standard is better and slower ({{quality}} if not given)',
      private: 'Only you see the pictures. Discord forgets such messages; /history brings them again',
      spoiler: 'The pictures are blurred until clicked',
      model: 'Which model makes the pictures ({{model}} if not given)',
      picture: 'A picture to start from',
      further: 'A further picture to start from',
    },
    limits: {
      text: 'See and set what this server may use',
      show: 'Each limit: what is used, how high it can go, who set it',
      set: 'Set a limit for this server',
      reset: 'Go back to the default',
      role: "Set a role's own pictures a day for each member",
      limit: 'Which limit',
      value: 'The new number; 0 allows none',
      which: 'Which role',
      images: 'Pictures a day for each member with the role; 0 bars it, left out takes the number away',
      guildDailyImages: 'Pictures a day, whole server',
      guildMonthlyImages: 'Pictures a month, whole server',
      userDailyImages: 'Pictures a day, each member',
      guildActiveJobs: 'Jobs at a time, whole server',
      userActiveJobs: 'Jobs at a time, each member',
      imagesPerJob: 'Pictures in one job',
      pictures: 'Allow starting from pictures, or not',
      allow: 'Whether members may start from pictures',
    },
    words: {
      text: 'Words that this server does not allow in prompts',
      add: 'Add a word or phrase; other spellings of it are found too',
      remove: 'Remove a word or phrase',
      list: 'Show the words',
      word: 'The word or phrase',
    },
    editPicture: 'Edit with Seedream',
  },
  size: {
    square: 'Square',
    landscape: 'Landscape {{ratio}}',
    portrait: 'Portrait {{ratio}}',
    ultrawide: 'Ultrawide {{ratio}}',
    default: '{{size}} (default)',
  },
  facts: { seed: 'seed {{seed}}' },
  flags: {
    unknown:
      'I do not know {{flags}}, which stands in your prompt, so nothing was sent. I read `--ar`, `--seed`, `--count`, `--size` and `--quality`; what the pictures should not show can be said in words.',
    read: 'Read from your prompt as options: {{options}}.',
  },
  mend: { count: 'Make {{count}}', instead: 'Make {{count}} instead', later: 'Try again', without: 'Make it without' },
  tell: {
    button: 'Tell me when done',
    noted:
      'When this job is done I write to you by direct message, without a ping, if you take direct messages from me.',
    over: 'This job is done already.',
    stranger: 'Only the person who asked for this job can be told of it.',
    done: 'Your pictures are done: {{prompt}}\n{{where}}',
    ended: 'Your job has ended without pictures: {{prompt}}\n{{where}}',
  },
};
