/** Pictures of people: a colour and an initial each, drawn here, so that nothing is fetched from elsewhere. */

const COLOURS = ['#5865f2', '#3b7f4f', '#a3662b', '#b23a55', '#7a4fb5', '#2f7f8c', '#8c6a2f', '#4a6da7'];

const BOT = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80"><defs><linearGradient id="s" x2="0" y2="1"><stop stop-color="#3b2a7a"/><stop offset=".6" stop-color="#c8557d"/><stop offset="1" stop-color="#ffb36b"/></linearGradient></defs><rect width="80" height="80" fill="url(#s)"/><circle cx="52" cy="34" r="11" fill="#ffe6b0"/><path d="M0 62 22 36l14 16 9-9 35 29v8H0z" fill="#2b1d52"/><path d="M0 70q20-12 40-4t40-4v18H0z" fill="#190f35"/></svg>`;

const asUrl = (svg) => `data:image/svg+xml,${encodeURIComponent(svg)}`;

/** The colour that stands for a name. */
function colourOf(name) {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return COLOURS[sum % COLOURS.length];
}

/** The address of a person's picture. @param {{ name: string, bot: boolean } | undefined} person */
export function avatarOf(person) {
  if (person?.bot) return asUrl(BOT);
  const name = person?.name ?? '?';
  const initial = (Array.from(name)[0] ?? '?').toUpperCase().replace(/[<>&]/g, '?');
  return asUrl(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80"><rect width="80" height="80" fill="${colourOf(name)}"/><text x="40" y="54" font-family="Inter,Helvetica,Arial,sans-serif" font-size="38" font-weight="600" text-anchor="middle" fill="#fff">${initial}</text></svg>`,
  );
}
