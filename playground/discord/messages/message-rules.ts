import { componentFaults } from './component-rules.ts';
import { invalidForm, type PlacedFault } from '../api-error.ts';
import type { AllowedMentions, Embed, MessageBody } from '../request-bodies.ts';

/** Message flags by name. Source: message resource, "Message Flags". */
export const messageFlag = {
  suppressEmbeds: 1 << 2,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  suppressNotifications: 1 << 12,
  voice: 1 << 13,
  componentsV2: 1 << 15,
} as const;

/** Characters of a message's content. Source: message resource, "Create Message". */
const maxContent = 2000;
/** Characters of all embeds of a message together. Source: message resource, "Embed Limits". */
const maxEmbedCharacters = 6000;

/**
 * Checks a message body against the documented limits that the schemas leave out.
 *
 * @param v2 whether the message has, or has had, the Components V2 flag
 * @param settable the flags that may be set; null for an edit, where others are ignored without error
 * @throws ApiError 50035
 */
export function checkMessage(
  body: MessageBody,
  { v2, settable, at = [] }: { v2: boolean; settable: number | null; at?: readonly string[] },
): void {
  const faults: PlacedFault[] = [];
  const flags = body.flags ?? 0;
  if (settable !== null && (flags & ~settable) !== 0) {
    faults.push({ path: ['flags'], code: 'FLAGS_NOT_SETTABLE', message: 'These flags cannot be set here.' });
  }
  if ((body.content?.length ?? 0) > maxContent) {
    const message = `Must be ${maxContent} or fewer in length.`;
    faults.push({ path: ['content'], code: 'BASE_TYPE_MAX_LENGTH', message });
  }
  if (v2) {
    const used = {
      content: body.content,
      embeds: body.embeds?.length,
      poll: body.poll,
      sticker_ids: body.sticker_ids?.length,
    };
    for (const [field, value] of Object.entries(used)) {
      if (!value) continue;
      const message = `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`;
      faults.push({ path: [field], code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', message });
    }
  }
  faults.push(...embedFaults(body.embeds ?? []));
  faults.push(...componentFaults(body.components ?? [], { v2 }));
  faults.push(...mentionFaults(body.allowed_mentions));
  if (faults.length > 0) throw invalidForm(faults.map((fault) => ({ ...fault, path: [...at, ...fault.path] })));
}

function embedFaults(embeds: readonly Embed[]): PlacedFault[] {
  const faults: PlacedFault[] = [];
  let characters = 0;
  for (const [index, embed] of embeds.entries()) {
    characters += charactersOf(embed);
    const path = ['embeds', index];
    if (isEmpty(embed)) faults.push(required([...path, 'description']));
    faults.push(...urlFault(embed.url, [...path, 'url'], ['http', 'https']));
    faults.push(...urlFault(embed.author?.url, [...path, 'author', 'url'], ['http', 'https']));
    for (const part of ['image', 'thumbnail'] as const) {
      const media = embed[part];
      if (media && !media.url) faults.push(required([...path, part, 'url']));
      faults.push(...urlFault(media?.url, [...path, part, 'url'], ['http', 'https', 'attachment']));
    }
    for (const part of ['author', 'footer'] as const) {
      faults.push(...urlFault(embed[part]?.icon_url, [...path, part, 'icon_url'], ['http', 'https', 'attachment']));
    }
    if (embed.author && !embed.author.name) faults.push(required([...path, 'author', 'name']));
    if (embed.footer && !embed.footer.text) faults.push(required([...path, 'footer', 'text']));
    for (const [number, field] of (embed.fields ?? []).entries()) {
      if (!field.name.trim()) faults.push(required([...path, 'fields', number, 'name']));
      if (!field.value.trim()) faults.push(required([...path, 'fields', number, 'value']));
    }
  }
  if (characters > maxEmbedCharacters) {
    const message = `Embed size exceeds maximum size of ${maxEmbedCharacters}`;
    faults.push({ path: ['embeds'], code: 'MAX_EMBED_SIZE_EXCEEDED', message });
  }
  return faults;
}

/** The texts that count towards the 6000. Source: message resource, "Embed Limits". */
function charactersOf(embed: Embed): number {
  const fields = (embed.fields ?? []).flatMap((field) => [field.name, field.value]);
  const texts = [embed.title, embed.description, embed.author?.name, embed.footer?.text, ...fields];
  return texts.reduce((sum, text) => sum + (text?.trim().length ?? 0), 0);
}

function isEmpty(embed: Embed): boolean {
  const { title, description, author, footer, image, thumbnail, fields, url, timestamp } = embed;
  return ![title, description, author, footer, image, thumbnail, fields?.length, url, timestamp].some(Boolean);
}

function required(path: readonly (string | number)[]): PlacedFault {
  return { path, code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
}

function urlFault(
  url: string | null | undefined,
  path: readonly (string | number)[],
  schemes: readonly string[],
): PlacedFault[] {
  if (!url) return [];
  const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase() ?? '';
  if (schemes.includes(scheme)) return [];
  const allowed = schemes.map((name) => `'${name}'`).join(', ');
  const message = `Scheme "${scheme}" is not supported. Scheme must be one of (${allowed}).`;
  return [{ path, code: 'URL_TYPE_INVALID_SCHEME', message }];
}

function mentionFaults(allowed: AllowedMentions | null | undefined): PlacedFault[] {
  if (!allowed) return [];
  const faults: PlacedFault[] = [];
  for (const kind of ['users', 'roles'] as const) {
    const ids = allowed[kind] ?? [];
    const path = ['allowed_mentions', kind];
    if (allowed.parse?.includes(kind) && ids.length > 0) {
      const message = `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`;
      faults.push({ path: ['allowed_mentions'], code: 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', message });
    }
    if (new Set(ids).size < ids.length) {
      faults.push({ path, code: 'SET_TYPE_ALREADY_CONTAINS_VALUE', message: 'The set already contains this value' });
    }
  }
  return faults;
}
