/** The pictures that people give to start from, as the world knows them whatever the bot makes of it. */
import type { GivenPicture, InteractionTruth } from '../../truth.ts';
import type { Files } from '../files/addresses.ts';
import type { Post } from '../files/posts.ts';
import type { Messages } from '../messages/messages.ts';
import type { Interaction, Message } from '../records.ts';
import type { ChosenPictures } from './form-input.ts';

type Starts = Pick<InteractionTruth, 'gives' | 'same' | 'shown'>;

/** Buttons that ask for the same once more, or whether it is to be made once more. */
const ASKS_AGAIN = /^(again|againprivately|askagain|without|count\d+):/;

/** The options of the command that take a picture, in their order. */
const OPTIONS = ['picture', 'picture2', 'picture3'];

export function createStartingPictures({ files, messages }: { files: Files; messages: Messages }) {
  /** A picture by an address that is told now. */
  function given(address: string, picture: string, messageId?: string): GivenPicture {
    return { picture, until: () => files.heldUntil(address), messageId };
  }

  /** The pictures of a message of the bot's, in the order in which they are seen. */
  function seenIn({ truth, attachments, ephemeral }: Message): GivenPicture[] {
    return truth.pictures.map(({ attachmentId, picture }) => {
      const bare = attachments.find(({ id }) => id === attachmentId)?.url ?? '';
      return given(files.sign(bare), picture, ephemeral ? undefined : truth.id);
    });
  }

  return {
    seenIn,
    /** Those of a person's own message: files that are no pictures are none. */
    postedIn: (post: Post): GivenPicture[] => post.files.map(({ url, name }) => given(files.sign(url), name)),

    ofCommand(options: InteractionTruth['options'], addressOf: (file: string) => string): Starts {
      const names = OPTIONS.flatMap((option) => (typeof options[option] === 'string' ? [options[option]] : []));
      return { gives: names.map((file) => given(addressOf(file), file)), same: false, shown: [] };
    },

    ofPress: (customId: string, source: Message): Starts => ({
      gives: [],
      same: ASKS_AGAIN.test(customId),
      shown: messages.referencesOf(source),
    }),

    /** @param opened - what opened the form. */
    ofForm(
      { offers, source }: Pick<Interaction, 'offers' | 'source'>,
      { same, places, files: names }: ChosenPictures,
      addressOf: (file: string) => string,
    ): Starts {
      // A form on somebody's message with one picture starts from that without asking.
      const chosen = places ?? (source === undefined ? offers.map((_, index) => index) : []);
      const anew = source === undefined ? offers : seenIn(source);
      const gives = chosen.flatMap((place) => {
        const offer = offers[place];
        return anew.find(({ picture }) => picture === offer?.picture) ?? offer ?? [];
      });
      const shown = source === undefined ? [] : messages.referencesOf(source);
      return { gives: [...gives, ...names.map((file) => given(addressOf(file), file))], same, shown };
    },
  };
}
