/** What `/limits show` shows: each limit, what is used of it, how high it can go, and who set it. Pure. */
import type { APIEmbed, APIEmbedField } from 'discord.js';
import type { Translate } from '../languages/languages.ts';
import {
  allowsReferences,
  ceilingOf,
  limitOf,
  roleLimitOf,
  SETTABLE,
  type Change,
  type GuildSettings,
  type HostLimits,
  type SetNumber,
  type SettableLimit,
} from '../services/guild/settings.ts';
import type { Usage } from '../services/ledger/limits.ts';
import { showMoment, showText } from '../services/messages/display.ts';
import { COLOURS } from '../services/messages/messages.ts';

/** Changes that are shown; more are kept. */
const CHANGES_SHOWN = 5;

/** The most names of settings that could not be read, and of each the most characters. */
const UNREADABLE_SHOWN = 10;
const NAME_SHOWN = 40;

/** A role as Discord shows it; the one that everyone has is called as the guild. */
export function showRole(roleId: string, guildId: string): string {
  return roleId === guildId ? '@everyone' : `<@&${roleId}>`;
}

/** Who set a number and when, as far as it is known. */
const whoAndWhen = ({ by, at }: Pick<SetNumber, 'by' | 'at'>) => ({
  by: by === '' ? '?' : `<@${by}>`,
  at: at === 0 ? '?' : showMoment(at),
});

interface Shown {
  guildId: string;
  settings: GuildSettings;
  /** Of the guild and of the person who looks. */
  usage: Usage;
  hostLimits: HostLimits;
  /** Whether the bot takes pictures to start from. */
  references: boolean;
  /** Whether the host looks, who alone sees what all servers use. */
  isHost: boolean;
  t: Translate;
}

function limitField(name: SettableLimit, { settings, usage, hostLimits, t }: Shown): APIEmbedField {
  const limit = limitOf(name, settings, hostLimits);
  const used = name === 'imagesPerJob' ? undefined : usage[name];
  const form = used === undefined ? 'limits.plain' : name.startsWith('user') ? 'limits.usedByYou' : 'limits.used';
  const raised = settings.ceilings[name];
  const own = settings.limits[name];
  const lines = [
    `${t(form, { used, limit })} · ${t('limits.ceiling', { ceiling: ceilingOf(name, settings, hostLimits) })}`,
    ...(raised === undefined ? [] : [t('limits.raised', { value: raised.value, ...whoAndWhen(raised) })]),
    ...(own === undefined ? [] : [t('limits.set', { value: own.value, ...whoAndWhen(own) })]),
  ];
  return { name: t(`command.limits.${name}`), value: lines.join('\n') };
}

function totalField({ usage: { totalMonthlyImages: used }, hostLimits, t }: Shown): APIEmbedField {
  const limit = hostLimits.totalMonthlyImages ?? t('limits.none');
  return { name: t('limits.total'), value: t('limits.used', { used, limit }) };
}

function referencesField({ settings, t }: Shown): APIEmbedField {
  const value = `**${t(allowsReferences(settings) ? 'limits.allowed' : 'limits.notAllowed')}**`;
  const { references: set } = settings;
  const by = set === undefined ? [] : [t('limits.setBy', whoAndWhen(set))];
  return { name: t('limits.references'), value: [value, ...by].join(' · ') };
}

function rolesEmbed({ guildId, settings, hostLimits, t }: Shown): APIEmbed[] {
  const lines = Object.entries(settings.roles).map(([id, set]) => {
    const value = roleLimitOf(id, settings, hostLimits) ?? 0;
    return `${showRole(id, guildId)} · **${value}** · ${t('limits.setBy', whoAndWhen(set))}`;
  });
  return lines.length === 0
    ? []
    : [{ title: t('limits.roles'), description: lines.join('\n'), color: COLOURS.blurple }];
}

function changeLine({ at, by, of, before, after }: Change, { guildId, t }: Shown): string {
  const line = (what: string, was: string | number, is: string | number) =>
    `${showMoment(at)} <@${by}> · ${what}: ${was} → ${is}`;
  if ('references' in of) {
    const word = (value: number | undefined) => t(value === 0 ? 'limits.notAllowed' : 'limits.allowed');
    return line(t('limits.references'), word(before), word(after));
  }
  const what = 'limit' in of ? t(`command.limits.${of.limit}`) : showRole(of.role, guildId);
  return line(what, before ?? t('limits.none'), after ?? t('limits.none'));
}

/** What of a guild's settings could not be read, and what to do; nothing where all could. */
function showUnreadable({ unreadable = [] }: GuildSettings, guildId: string, t: Translate): string {
  if (unreadable.length === 0) return '';
  const nameOf = (name: string): string => {
    const limit = SETTABLE.find((settable) => settable === name);
    if (limit !== undefined) return `**${t(`command.limits.${limit}`)}**`;
    if (name.startsWith('role:')) return showRole(name.slice('role:'.length), guildId);
    if (name === 'references') return `**${t('limits.references')}**`;
    return name === 'roles' ? `**${t('limits.roles')}**` : `**${showText(name, NAME_SHOWN)}**`;
  };
  const names = unreadable.slice(0, UNREADABLE_SHOWN).map(nameOf);
  const more = unreadable.length > names.length ? ' …' : '';
  return `⚠️ ${t('limits.unreadable', { names: `${names.join(', ')}${more}` })}`;
}

/** The embeds of `/limits show`: at most three, within Discord's 6000 characters with every role and change there can be. */
export function showLimits(shown: Shown): APIEmbed[] {
  const { guildId, settings, isHost, t } = shown;
  const fields = [
    ...SETTABLE.map((name) => limitField(name, shown)),
    ...(shown.references ? [referencesField(shown)] : []),
  ];
  const changes = settings.changes.slice(0, CHANGES_SHOWN).map((change) => changeLine(change, shown));
  return [
    {
      title: t('limits.title'),
      description: [t('limits.days'), t('limits.defaults'), showUnreadable(settings, guildId, t)]
        .filter((line) => line !== '')
        .join('\n'),
      color: COLOURS.blurple,
      fields: isHost ? [...fields, totalField(shown)] : fields,
    },
    ...rolesEmbed(shown),
    ...(changes.length === 0
      ? []
      : [{ title: t('limits.changes'), description: changes.join('\n'), color: COLOURS.blurple }]),
  ];
}
