/** A message as a few lines of text, for a terminal. */
import { wrapText, wrapWords } from './columns.ts';
import type { Component, Embed, Message } from '../../discord/stand-in.ts';

/** Source: message resource, "Message Flags": the "thinking ..." of a deferral. */
const LOADING = 128;

/** What mentions and timestamps in a text read as. */
export interface TextContext {
  nameOf: (userId: string) => string;
  /** Milliseconds since the epoch. */
  now: number;
  /** What a line may take. */
  columns: number;
}

/** `in 32 s`, `5 s ago`, as Discord's client shows `<t:...:R>`, though in fewer words. */
function relative(seconds: number, now: number): string {
  const distance = seconds - Math.round(now / 1000);
  const span = Math.abs(distance) < 90 ? `${Math.abs(distance)} s` : `${Math.round(Math.abs(distance) / 60)} min`;
  return distance >= 0 ? `in ${span}` : `${span} ago`;
}

/** Markdown as it reads: mentions by name, moments relative, emphasis and escapes left out. */
function plainText(text: string, { nameOf, now }: TextContext): string {
  return text
    .replace(/<@!?(\d+)>/g, (_, id: string) => `@${nameOf(id)}`)
    .replace(/<t:(\d+)(?::\w)?>/g, (_, seconds: string) => relative(Number(seconds), now))
    .replace(/\[([^\]]*)\]\(<?[^)>]*>?\)/g, '$1')
    .replace(/\*\*|__|~~|^-# /gm, '')
    .replace(/\\(\W)/g, '$1');
}

function embedLines({ title, description, fields, footer }: Embed, context: TextContext): string[] {
  const facts = (fields ?? []).map(({ name, value }) => `${name}: ${plainText(value, context)}`).join(' · ');
  return [title, description, facts, footer?.text].flatMap((text) =>
    text ? plainText(text, context).split('\n').filter(Boolean) : [],
  );
}

function labels(components: readonly Component[]): string[] {
  return components.flatMap(({ components: inner, label, disabled }) =>
    inner ? labels(inner) : label && !disabled ? [`[ ${label} ]`] : [],
  );
}

/** What a person sees of a message: its text, embeds, number of pictures and buttons, in lines that fit. */
export function messageLines(message: Message, context: TextContext): string[] {
  const { columns } = context;
  if (message.deleted) return wrapText('(the message is gone)', columns);
  if (message.flags & LOADING) return wrapText(`${message.author.username} is thinking …`, columns);
  const pictures = message.embeds.filter(({ image }) => image).length;
  const lines = [
    ...(message.content ? plainText(message.content, context).split('\n') : []),
    ...message.embeds.flatMap((embed) => embedLines(embed, context)),
  ];
  return [
    ...lines.filter(Boolean).flatMap((line) => wrapText(line, columns)),
    ...wrapWords(
      Array.from({ length: pictures }, () => '🖼 '),
      columns,
    ),
    ...wrapWords(labels(message.components), columns),
  ];
}
