/** What a person reads of a message. */
import type { Attachment, Component } from '../records.ts';
import { flatten, type Embed } from './message-rules.ts';

interface Shown {
  content: string;
  embeds: readonly Embed[];
  components: readonly Component[];
  attachments: readonly Pick<Attachment, 'text'>[];
}

/** Content, embeds, text files and the labels of buttons, line by line. */
export function linesOf({ content, embeds, components, attachments }: Shown): string[] {
  const lines: (string | undefined)[] = [content];
  for (const { title, description, author, fields = [], footer } of embeds) {
    lines.push(author?.name, title, description);
    for (const { name, value } of fields) lines.push(name, value);
    lines.push(footer?.text);
  }
  for (const { text } of attachments) lines.push(text);
  for (const { label } of flatten(components)) lines.push(label);
  return lines.filter((line) => line !== undefined && line !== '') as string[];
}

/** The first line, as the diary has it. */
export function gist(lines: readonly string[]): string {
  const [first = ''] = lines.join(' / ').split('\n');
  return first.length > 70 ? `${first.slice(0, 70)}…` : first;
}
