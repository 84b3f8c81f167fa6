/**
 * Styles that make the components look as Discord does today: the package has the look of some years ago, in fixed
 * colours. Its styles stay; these come after them and take every colour from the page's theme. Must be loaded before the
 * first component is made.
 */
import { DiscordActionRow } from 'discord-components/discord-action-row/DiscordActionRow.js';
import { DiscordAuthorInfo } from 'discord-components/discord-author-info/DiscordAuthorInfo.js';
import { DiscordButton } from 'discord-components/discord-button/DiscordButton.js';
import { DiscordCommand } from 'discord-components/discord-command/DiscordCommand.js';
import { DiscordEmbed } from 'discord-components/discord-embed/DiscordEmbed.js';
import { DiscordEmbedDescription } from 'discord-components/discord-embed-description/DiscordEmbedDescription.js';
import { DiscordEmbedField } from 'discord-components/discord-embed-field/DiscordEmbedField.js';
import { DiscordEmbedFields } from 'discord-components/discord-embed-fields/DiscordEmbedFields.js';
import { DiscordEmbedFooter } from 'discord-components/discord-embed-footer/DiscordEmbedFooter.js';
import { DiscordMessage } from 'discord-components/discord-message/DiscordMessage.js';
import { DiscordMessages } from 'discord-components/discord-messages/DiscordMessages.js';
import { DiscordReply } from 'discord-components/discord-reply/DiscordReply.js';
import { DiscordVerifiedAuthorTag } from 'discord-components/discord-verified-author-tag/DiscordVerifiedAuthorTag.js';

const styles = [
  [
    DiscordMessages,
    `:host { background: none; border: 0; color: inherit; font-family: inherit; line-height: inherit; }`,
  ],
  [
    DiscordMessage,
    `:host { color: var(--text); font-family: inherit; font-size: 1rem; padding-right: 16px; margin: 0; }
    :host(:hover) { background: var(--message-hover); }
    .discord-author-avatar { margin-top: 2px; }
    .discord-author-avatar img { cursor: default; }
    .discord-message-content { line-height: 1.375rem; padding-top: 0; min-width: 0; }
    .discord-message-body { min-width: 0; }
    .discord-message-timestamp { color: var(--muted); font-size: .75rem; margin-left: 4px; font-weight: 500; }
    .discord-message-body-only-indent { flex: 0 0 56px; font-size: .6875rem; text-align: right; padding-right: 16px; margin: 0; box-sizing: border-box; align-self: flex-start; line-height: 1.375rem; white-space: nowrap; overflow: hidden; }
    .discord-message-inner-center { align-items: flex-start; }
    .discord-message-edited { color: var(--muted); font-size: .625rem; margin-left: 4px; }
    .discord-message-ephemeral { display: none; }
    :host([ephemeral]) { background: var(--ephemeral); }
    :host([ephemeral]:hover) { background: var(--ephemeral-hover); }`,
  ],
  [
    DiscordAuthorInfo,
    `:host .discord-author-username { color: var(--heading); font-weight: 500; }
    :host .discord-author-username:hover { text-decoration: none; cursor: default; }`,
  ],
  [
    DiscordVerifiedAuthorTag,
    `:host { background: var(--brand); font-weight: 600; font-size: .6875rem; height: 1rem; padding: 0 .3125rem; border-radius: 4px; letter-spacing: .02em; }`,
  ],
  [DiscordReply, `:host { color: var(--text-soft); font-family: inherit; }`],
  [
    DiscordCommand,
    `:host { color: var(--text-soft); font-family: inherit; }
    :host:before { border-color: var(--spine) !important; }
    :host .discord-replied-message-username { color: var(--heading); font-weight: 500; opacity: 1; }
    :host .discord-slash-command-name { background: none; color: var(--link) !important; padding: 0; cursor: default; opacity: 1; }
    :host .discord-slash-command-name:hover { background: none; color: var(--link) !important; }
    :host .discord-slash-command-name svg { display: none; }
    :host .discord-context-command-name { opacity: 1; color: var(--link) !important; }
    :host .discord-context-user { margin-right: 4px; }
    :host .discord-slash-command-name span::before { content: '/'; }`,
  ],
  [
    DiscordEmbed,
    `:host { color: var(--text); margin: 4px 0; line-height: 1.375; max-width: 520px; }
    :host .discord-left-border { background: var(--embed-edge); }
    :host .discord-embed-wrapper { background: var(--embed); border: 0; border-left: 0; min-width: 0; }
    :host .discord-embed-wrapper .discord-embed-grid { display: grid; grid-template-columns: minmax(0, 1fr) auto; padding: .5rem 1rem 1rem .75rem; }
    :host .discord-embed-title { color: var(--heading); }
    :host .discord-embed-title a { color: var(--link); }
    :host .discord-embed-author, :host .discord-embed-author a { color: var(--heading); }
    slot[name='footer']::slotted(*) { min-width: 0; }`,
  ],
  [DiscordEmbedDescription, `:host { color: var(--text); white-space: normal; overflow-wrap: anywhere; }`],
  [DiscordEmbedFields, `:host { min-width: 0; grid-template-columns: repeat(12, minmax(0, 1fr)); }`],
  [
    DiscordEmbedField,
    `:host { color: var(--text); }
    :host .discord-field-title { color: var(--heading); }`,
  ],
  [DiscordEmbedFooter, `:host { color: var(--text); }`],
  [DiscordActionRow, `:host { margin-top: 4px; }`],
  [
    DiscordButton,
    `:host > *:first-child { box-sizing: border-box; border-radius: 8px; font-family: inherit; margin: 4px 8px 4px 0; height: 32px; line-height: 18px; }
    .secondary { background: var(--button); color: var(--button-text); }
    .secondary.hoverable:hover { background: var(--button-hover); }
    .primary { background: var(--brand); }
    .success { background: #248046; } .success.hoverable:hover { background: #1a6334; }
    .destructive { background: #da373c; } .destructive.hoverable:hover { background: #a12828; }
    :host > *:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
    :host([waiting]) span { visibility: hidden; }
    :host([waiting]) > *:first-child::after { content: '•••'; position: absolute; letter-spacing: 2px; animation: beat 1s infinite alternate; }
    @keyframes beat { from { opacity: .35; } }`,
  ],
];

for (const [component, css] of styles) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  component.elementStyles.push(sheet);
}
