/** The documented limits of a message. Source: Discord, message resource, "Create Message", "Embed Limits". */
import { invalidForm } from '../errors.ts';
import type { Component } from '../records.ts';

/** An embed as a request has it. */
export interface Embed {
  title?: string;
  description?: string;
  url?: string;
  fields?: { name: string; value: string }[];
  footer?: { text: string; icon_url?: string };
  author?: { name: string };
  image?: { url: string };
  thumbnail?: { url: string };
}

/** A message as a request has it. */
export interface MessageBody {
  content?: string | null;
  embeds?: Embed[] | null;
  components?: Component[] | null;
  attachments?: { id: string | number; filename?: string; description?: string | null }[] | null;
  flags?: number;
  allowed_mentions?: { parse?: string[]; users?: string[]; roles?: string[] } | null;
  nonce?: string | number;
  enforce_nonce?: boolean;
}

const MOST_EMBED_CHARACTERS = 6000;
const MOST_COMPONENTS = 40;

function atMost(path: string, value: string | readonly unknown[] | null | undefined, most: number): void {
  if ((value?.length ?? 0) <= most) return;
  throw invalidForm(path, 'BASE_TYPE_MAX_LENGTH', `Must be ${most} or fewer in length.`);
}

function needed(path: string, value: string | undefined): void {
  if (value?.trim()) return;
  throw invalidForm(path, 'BASE_TYPE_REQUIRED', 'This field is required');
}

function address(path: string, url: string | undefined, schemes: readonly string[]): void {
  if (url === undefined || schemes.some((scheme) => url.startsWith(`${scheme}://`))) return;
  throw invalidForm(path, 'URL_TYPE_INVALID_SCHEME', `Scheme must be one of (${schemes.join(', ')}).`);
}

/** Checks an embed. @returns the characters that count towards the 6000 of a message. */
function checkEmbed(embed: Embed, at: string): number {
  const { title, description, url, fields = [], footer, author, image, thumbnail } = embed;
  if (![title, description, url, fields[0], footer, author, image, thumbnail].some(Boolean)) {
    needed(`${at}.description`, undefined);
  }
  atMost(`${at}.title`, title, 256);
  atMost(`${at}.description`, description, 4096);
  atMost(`${at}.fields`, fields, 25);
  atMost(`${at}.footer.text`, footer?.text, 2048);
  atMost(`${at}.author.name`, author?.name, 256);
  address(`${at}.url`, url, ['http', 'https']);
  address(`${at}.image.url`, image?.url, ['http', 'https', 'attachment']);
  address(`${at}.thumbnail.url`, thumbnail?.url, ['http', 'https', 'attachment']);
  for (const [index, { name, value }] of fields.entries()) {
    const path = `${at}.fields.${index}`;
    needed(`${path}.name`, name);
    needed(`${path}.value`, value);
    atMost(`${path}.name`, name, 256);
    atMost(`${path}.value`, value, 1024);
  }
  const texts = [title, description, footer?.text, author?.name, ...fields.flatMap(({ name, value }) => [name, value])];
  return texts.reduce((sum, text) => sum + (text?.trim().length ?? 0), 0);
}

/** All components, parents first. */
export function flatten(components: readonly Component[]): Component[] {
  const all: Component[] = [];
  for (const each of components) {
    all.push(each);
    if (each.components !== undefined) all.push(...flatten(each.components));
    if (each.component !== undefined) all.push(...flatten([each.component]));
  }
  return all;
}

const LINK = 5;
const BUTTON = 2;

function checkComponents(components: readonly Component[]): void {
  atMost('components', components, 5);
  const every = flatten(components);
  atMost('components', every, MOST_COMPONENTS);
  const seen = new Set<string>();
  for (const { type, style, custom_id: customId, label, emoji, url, components: row } of every) {
    if (row !== undefined) atMost('components.components', row, 5);
    if (row?.length === 0) needed('components.components', undefined);
    if (customId !== undefined) {
      atMost('components.custom_id', customId, 100);
      if (seen.has(customId)) {
        throw invalidForm('components.custom_id', 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Custom id cannot be duplicated');
      }
      seen.add(customId);
    }
    if (type !== BUTTON) continue;
    atMost('components.label', label, 80);
    if (style === LINK) needed('components.url', url);
    else needed('components.custom_id', customId);
    if (emoji === undefined) needed('components.label', label);
  }
}

/** @throws ApiError 50035 where a message passes a documented limit. */
export function checkMessage({ content, embeds, components, attachments, nonce }: MessageBody): void {
  atMost('content', content, 2000);
  atMost('embeds', embeds, 10);
  atMost('attachments', attachments, 10);
  atMost('nonce', nonce === undefined ? '' : String(nonce), 25);
  for (const { description } of attachments ?? []) atMost('attachments.description', description, 1024);
  const characters = (embeds ?? []).reduce((sum, embed, index) => sum + checkEmbed(embed, `embeds.${index}`), 0);
  if (characters > MOST_EMBED_CHARACTERS) {
    const message = `Embed size exceeds maximum size of ${MOST_EMBED_CHARACTERS}`;
    throw invalidForm('embeds', 'MAX_EMBED_SIZE_EXCEEDED', message);
  }
  checkComponents(components ?? []);
}

/** Whether a message notifies somebody: without a word on it, whatever its content mentions does. Source: "Allowed Mentions Object". */
export function pings({ content, allowed_mentions: allowed }: MessageBody): boolean {
  if (!/@everyone|@here|<@[!&]?\d+>/.test(content ?? '')) return false;
  if (allowed === undefined || allowed === null) return true;
  return [allowed.parse, allowed.users, allowed.roles].some((list) => (list?.length ?? 0) > 0);
}
