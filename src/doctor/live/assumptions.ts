/**
 * What the bot takes for granted of RunComfy and of Discord, as far as a live check can see it: each by a name, in a sentence.
 * `docs/live-check.md` says where the code relies on it, and what documentation says (a test compares).
 */
export const ASSUMPTIONS = {
  'catalogue-page': "The catalogue has a page of the model, by the model's id, with its fields as a schema",
  'catalogue-fields': 'The model has every field that the bot sends, and requires no other',
  'catalogue-choices': 'Its lengths, numbers, sizes and qualities are those that the bot has written down',
  'catalogue-price': 'The page names a price in US dollars for an output or an image',
  'price-as-written': 'That price is the one that the bot has written down',
  'unknown-model': 'A model that RunComfy does not have is answered with error_code 404001',
  'unknown-request': 'Status and result of a request that RunComfy does not know are answered with error_code 404001',
  'refused-key': 'The Model API answers a wrong key with 401, 403, or an error_code that begins so or is 400004',
  'refused-key-balance': 'The balance answers a wrong key likewise',
  'balance-form': 'The balance is told as `balance_usd`, a number of US dollars',
  'submit-answer': 'A submit is answered with 2xx and a `request_id` of letters, digits and . _ : = + - alone',
  'request-addresses': 'Status, result and cancel stand at /requests/{request_id}/… below the base address',
  'result-early':
    'A result that is asked for too early is answered with in_queue or in_progress, or with error_code 400005',
  'status-words': 'Status says in_queue, in_progress, completed or cancelled, and nothing else',
  'queue-position': 'While it says in_queue, `queue_position` is a whole number from 0',
  'result-ready': 'Once status says completed, result tells at once what became of it',
  'result-words': 'A result that came to pictures says succeeded',
  'result-output': 'Its `output` holds addresses under `images`, or one under `image`',
  'pictures-made': 'A request for one picture makes one',
  'result-times': 'Its `finished_at` is a time with its zone, between the submit and now',
  'result-cost': 'With include_cost=true a result tells `cost`, a number of US dollars',
  'cost-as-priced': "It costs the page's price times the pictures asked for, and nothing where it failed",
  'balance-falls': 'The balance falls by what the request cost',
  'cancel-finished': 'A cancel of a finished request is answered with 2xx and the outcome not_cancellable',
  'picture-host': 'A picture stands at an https address on a host of RUNCOMFY_ASSET_HOSTS',
  'picture-fetch': 'It can be fetched without the key, and is a whole JPEG, PNG or WebP',
  'picture-again': 'The same address can be fetched more than once',
  'picture-content-type': "Its content type is its format's",
  'picture-size': 'It has as many pixels as its size names',
  'picture-weight': 'It is at most 10 MiB, so that Discord takes it as it is',
  'message-fields':
    "A new message is answered with 200, and with its id, its channel and the bot's own user as its author",
  'message-time': "Its id tells when it was made, within ten minutes of this machine's clock",
  'message-flags': 'A message that is posted without flags has none',
  'gallery-one-url':
    'Embeds that share a url come back as they were sent, in order, each with that url, its fragment included, and a picture',
  'embed-text-kept': "An embed's description comes back character for character",
  'gallery-addresses': 'An attachment:// address in an embed comes back as an http(s) address',
  'gallery-file-names': 'Each file keeps its name, among the attachments or in the address that an embed shows it by',
  'file-ids':
    'The id of a file is told, with its attachment or before its name in the address that an embed shows it by',
  'file-host': "Files of the bot's own messages stand at https on cdn.discordapp.com or media.discordapp.net",
  'file-open': 'They can be fetched by anybody who has the address',
  'file-expiry': 'Their addresses tell by `ex`, in hexadecimal seconds, until when they hold, and that is hours away',
  'file-path': 'A message that is read again has the same files at the same paths',
  'buttons-kept': 'Buttons come back with their custom ids',
  'no-pings': 'With `allowed_mentions` that parse nothing, a mention in the text pings nobody',
  'read-one': 'The bot reads a message of its own by id, with embeds, files and buttons',
  'read-channel': 'It finds that message among those of the channel that came after an id of ten minutes before',
  'edit-by-id': "An edit by the bot's token and the message's id is answered with 200 and the same message",
  'edit-line-alone': 'An edit of the text alone leaves embeds, files and buttons as they are',
  'edit-adds-file':
    'An edit that lists files by their ids and brings another, all shown in embeds by their names, holds each once',
  'edit-keeps-files':
    'An edit that does not name `attachments` keeps the files, also where no embed shows them any more',
  'edit-replaces-files': 'An edit that lists its own files in `attachments` takes the others away',
  'spoiler-file':
    'A file that is marked as a spoiler, by its name and by `is_spoiler`, keeps its name and stands among the attachments',
  'alt-text': "A file's description comes back with it",
  'nonce-once': 'A second message with the same nonce and `enforce_nonce` is answered with the first, and is not made',
  'nonce-of-deleted': 'A nonce whose message was deleted is answered with code 10008, or makes a new message',
  'delete-answer': 'The deletion of a message is answered with 204',
  'deleted-message':
    'A message that was deleted is answered with code 10008, when it is edited and when it is deleted again',
  'unknown-channel': 'A channel that does not exist is answered with code 10003',
  'dead-token': 'An edit by an interaction token that is not valid is answered with code 50027, 10015 or 10062',
  'unknown-interaction': 'A first response to an interaction that does not exist is answered with code 10062',
  'refused-bot-token': 'A wrong bot token is answered with 401',
} as const;

export type AssumptionName = keyof typeof ASSUMPTIONS;
