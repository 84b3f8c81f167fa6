/** `npm run setup`: asks for what the bot needs, checks it at once, and writes `.env`. */

const NO_TERMINAL = `npm run setup asks questions, and this is no terminal that could answer them.
Set these in .env or in the environment, then check with npm run doctor and start with npm start:
  DISCORD_TOKEN   from https://discord.com/developers/applications > your application > Bot > Reset Token
  RUNCOMFY_TOKEN  from your Profile on https://www.runcomfy.com
Every picture is paid from RunComfy's balance: LIMIT_TOTAL_MONTHLY_IMAGES is your own ceiling, .env.example lists all settings.
`;

if (process.stdin.isTTY && process.stdout.isTTY) {
  const { setUp } = await import('./setup/set-up.ts');
  process.exitCode = await setUp();
} else {
  process.stderr.write(NO_TERMINAL);
  process.exitCode = 1;
}
